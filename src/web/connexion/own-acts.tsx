import { accessConversation, type Conversation, leaveConversation, muteConversation, refusalToLeave } from '#domain/conversations/api.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { statusOf } from '#web/refusals.ts';
import { signedInCtx } from '#web/session.ts';
import { conversationHref } from './addresses.ts';
import { ChoosePersonaPage } from './notice-pages.tsx';
import { LeavePage } from './own-choices.tsx';
import { viewOf } from './reading.tsx';

/** «Quitter la conversation»: the question, on a page of its own. */
export async function showLeave(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const found = await accessConversation(ctx, asked(c));
  const [conversation] = found;
  if (!conversation) return notFoundPage(c);
  if (found.length > 1) return renderPage(c, <ChoosePersonaPage view={c.get('view')} conversations={found} />);
  return renderPage(c, <LeavePage view={viewOf(c, conversation)} conversation={conversation} refusal={await refusalToLeave(ctx, conversation)} />);
}

export async function leave(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const { conversationId, personaId } = asked(c);
  if (personaId === undefined) return notFoundPage(c);
  const left = await leaveConversation(ctx, { conversationId, personaId });
  if (left.ok) {
    setFlash(c, 'success', 'connexion.flash.left');
    return c.redirect(`/connexion?persona=${personaId}`, 303);
  }
  const [conversation]: Conversation[] = await accessConversation(ctx, { conversationId, personaId });
  if (!conversation) return notFoundPage(c);
  const page = <LeavePage view={viewOf(c, conversation)} conversation={conversation} refusal={left.refusal} />;
  return renderPage(c, page, statusOf(left.refusal));
}

/** «Mettre en sourdine» and its contrary: the form says which, so that twice is once. */
export async function mute(c: WebContext): Promise<Response> {
  const form = await readForm(c);
  const { conversationId, personaId } = asked(c);
  if (personaId === undefined) return notFoundPage(c);
  const muted = form('sourdine') !== 'non';
  const done = await muteConversation(signedInCtx(c), { conversationId, personaId, muted });
  if (!done.ok) return notFoundPage(c);
  setFlash(c, 'success', muted ? 'connexion.flash.muted' : 'connexion.flash.unmuted');
  return c.redirect(conversationHref({ id: conversationId, personaId }), 303);
}

function asked(c: WebContext): { conversationId: string; personaId: string | undefined } {
  return { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') };
}
