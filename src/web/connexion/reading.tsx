import type { ListChoice, SignedInCtx } from '#context';
import {
  accessAttachment,
  accessConversation,
  accessConversationToRead,
  type Conversation,
  displayConversation,
  listActivities,
  listConversations,
  mayReadActivities,
  type ReadAtDoor,
  readThread,
  recordDownload,
  refusalToPost,
} from '#domain/conversations/api.ts';
import { findDraft, findPlaces } from '#domain/drafts/api.ts';
import { policyOf } from '#domain/organisations/api.ts';
import { rememberList } from '#domain/people/api.ts';
import { pageSizes } from '#shared/conversations.ts';
import { expiryOf } from '#shared/expiry.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { isLiveRequest } from '#web/layout/live.ts';
import { renderPage } from '#web/layout/render.ts';
import type { View } from '#web/layout/view.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { ActivitiesPage } from './activities-page.tsx';
import { listOrderOf, readActivityOrder } from './addresses.ts';
import type { Composing } from './composer.tsx';
import { ConversationPage } from './conversation-page.tsx';
import { isCounted, isForAPage, sendFile } from './download.ts';
import { startingFrom } from './draft-form.ts';
import { ListPage } from './list-page.tsx';
import { ChoosePersonaPage } from './notice-pages.tsx';

/** The view of a conversation's pages: times in the reader's zone, else in its organisation's (S-16). */
export function viewOf(c: WebContext, conversation: Pick<Conversation, 'zone'>): View {
  const view = c.get('view');
  return { ...view, zone: view.actor?.timeZone ?? conversation.zone };
}

export async function showList(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const asked = c.req.query('persona');
  const persona = asked === undefined ? ctx.actor.personas[0] : ctx.actor.personas.find((one) => one.id === asked);
  if (!persona) return notFoundPage(c);
  const { size, order } = await chosenList(c, ctx);
  const list = await listConversations(ctx, {
    personaId: persona.id,
    page: whole(c.req.query('page')) ?? 1,
    size,
    order,
    total: c.get('view').unread.conversations[persona.id] ?? 0,
  });
  if (!list) return notFoundPage(c);
  const mayStart = ctx.actor.memberships.some((membership) => membership.role === 'collaborator');
  return renderPage(c, <ListPage view={c.get('view')} persona={persona} list={list} mayStart={mayStart} drafts={await findPlaces(ctx)} />);
}

const usualList: ListChoice = { size: 10, order: 'newest' };

/** What the address says, else what was last chosen. A choice is kept when a person makes it: not by a screen that looks again, nor ahead of time. */
async function chosenList(c: WebContext, ctx: SignedInCtx): Promise<ListChoice> {
  const kept = ctx.actor.list ?? usualList;
  const size = pageSizes.find((one) => String(one) === c.req.query('taille'));
  const order = listOrderOf(c.req.query('ordre'));
  const chosen = { size: size ?? kept.size, order: order ?? kept.order };
  if ((size || order) && !isLiveRequest(c) && isCounted(c.req.raw)) await rememberList(ctx, chosen);
  return chosen;
}

export async function showConversation(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const window = whole(c.req.query('fenetre'));
  const { found, atDoor } = await accessConversationToRead(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona'), window });
  const [conversation] = found;
  if (!conversation) return notFoundPage(c);
  if (found.length > 1) return renderPage(c, <ChoosePersonaPage view={c.get('view')} conversations={found} />);
  if (!isLiveRequest(c)) await displayConversation(ctx, conversation);
  // What cannot be posted is not shown: the form is not there.
  const refusal = refusalToPost(conversation, ctx.now());
  const draft = refusal ? undefined : await findDraft(ctx, { conversationId: conversation.id, personaId: conversation.personaId });
  const composing = { ...startingFrom(draft, ctx.newId()), expiresAt: expiryOf(ctx.now(), conversation.zone, conversation.expiryDays) };
  return conversationResponse(c, { conversation, atDoor, composing, status: 200 });
}

type Shown = { conversation: Conversation; atDoor?: ReadAtDoor | undefined; composing: Composing; status: Parameters<typeof renderPage>[2] };

/** The page of a conversation, as it opens or with what was typed and what was wrong. */
export async function conversationResponse(c: WebContext, { conversation, atDoor, composing, status }: Shown): Promise<Response> {
  const ctx = signedInCtx(c);
  const thread = await readThread(ctx, conversation, { window: whole(c.req.query('fenetre')), atDoor });
  return renderPage(
    c,
    <ConversationPage
      view={viewOf(c, conversation)}
      conversation={conversation}
      thread={thread}
      composing={composing}
      refusal={refusalToPost(conversation, ctx.now())}
      activities={await mayReadActivities(ctx, conversation)}
      rules={await policyOf(ctx, conversation.organisationId)}
      opened={c.req.query('ouvert')}
    />,
    status,
  );
}

export async function showActivities(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const found = await accessConversation(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') });
  const [conversation] = found;
  if (!conversation) return notFoundPage(c);
  if (found.length > 1) return renderPage(c, <ChoosePersonaPage view={c.get('view')} conversations={found} />);
  if (!(await mayReadActivities(ctx, conversation))) return notFoundPage(c);
  const order = readActivityOrder({ tri: c.req.query('tri'), sens: c.req.query('sens') });
  const activities = await listActivities(ctx, conversation, { order, page: whole(c.req.query('page')) ?? 1 });
  return renderPage(c, <ActivitiesPage view={viewOf(c, conversation)} conversation={conversation} activities={activities} />);
}

export async function downloadFile(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const asked = { conversationId: c.req.param('id') ?? '', attachmentId: c.req.param('attachmentId') ?? '', personaId: c.req.query('persona') };
  const download = isForAPage(c.req.raw) ? undefined : await accessAttachment(ctx, asked);
  if (!download) return notFoundPage(c);
  const response = await sendFile(download, { range: c.req.header('range'), head: c.req.method === 'HEAD', streamed: c.env?.streamed });
  try {
    if (response.ok && isCounted(c.req.raw)) await recordDownload(ctx, download);
  } catch (error) {
    // Without its line in the activities nothing is given: the file that was opened to be sent is closed.
    await response.body?.cancel();
    throw error;
  }
  return response;
}

/** A whole number written in an address, or undefined. */
function whole(text: string | undefined): number | undefined {
  return text && /^\d{1,6}$/u.test(text) ? Number(text) : undefined;
}
