import { accessConversation, findWindow } from '#domain/conversations/api.ts';
import { findNoticeTarget } from '#domain/notices/api.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { conversationHref } from './addresses.ts';
import { FormerParticipantPage, OtherAddressPage } from './notice-pages.tsx';

/**
 * A notice's link, once signed in (S-08): it gives no right by itself, it only leads to the message it speaks of. Fetched by a scanner
 * it is a redirection to the sign-in page and nothing else (S-07).
 */
export async function followNotice(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const token = c.req.param('jeton') ?? '';
  const target = await findNoticeTarget(ctx, token);
  if (!target) return notFoundPage(c);
  const mine = ctx.actor.personas.some((persona) => persona.id === target.personaId);
  if (!mine) return renderPage(c, <OtherAddressPage view={c.get('view')} address={target.address} returnTo={`/avis/${token}`} />);
  // Of several that were handed over: the list they are in.
  if (target.conversationId === null) return c.redirect(`/connexion?persona=${target.personaId}`, 303);
  const [conversation] = await accessConversation(ctx, { conversationId: target.conversationId, personaId: target.personaId });
  if (!conversation) return renderPage(c, <FormerParticipantPage view={c.get('view')} />);
  // A notice of being added tells of the conversation: the page opens where it would by itself.
  if (target.messageId === null) return c.redirect(conversationHref(conversation), 303);
  const window = await findWindow(ctx, conversation, target.messageId);
  return c.redirect(conversationHref(conversation, { ...(window ? { window } : {}), message: target.messageId }), 303);
}
