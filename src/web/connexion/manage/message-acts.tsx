import { type Conversation, expiryCaps, findMessageToManage, moveExpiry, withdrawMessage } from '#domain/conversations/api.ts';
import type { Refusal } from '#result';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { sentenceOf, statusOf } from '#web/refusals.ts';
import { signedInCtx } from '#web/session.ts';
import { conversationHref } from '../addresses.ts';
import { viewOf } from '../reading.tsx';
import { accessManaged } from './managing.tsx';
import { MessagePage } from './message-page.tsx';

export async function showMessage(c: WebContext): Promise<Response> {
  const conversation = await accessManaged(c);
  return conversation ? messageResponse(c, conversation) : notFoundPage(c);
}

/** «Retirer»: from those who have not opened it. */
export async function sendWithdrawal(c: WebContext): Promise<Response> {
  const conversation = await accessManaged(c);
  const messageId = c.req.param('messageId') ?? '';
  const withdrawn = conversation && (await withdrawMessage(signedInCtx(c), conversation, messageId));
  if (!conversation || !withdrawn) return notFoundPage(c);
  if (!withdrawn.ok) return messageResponse(c, conversation, { refusal: withdrawn.refusal, field: 'retirer', typed: undefined });
  const { keptBy } = withdrawn.value;
  setFlash(c, 'success', keptBy === 0 ? 'life.flash.withdrawn' : 'life.flash.withdrawn-partly', { count: keptBy });
  return c.redirect(conversationHref(conversation, { message: messageId }), 303);
}

export async function sendMessageExpiry(c: WebContext): Promise<Response> {
  const conversation = await accessManaged(c);
  if (!conversation) return notFoundPage(c);
  const messageId = c.req.param('messageId') ?? '';
  const expiresOn = (await readForm(c))('expire');
  const moved = await moveExpiry(signedInCtx(c), conversation, { messageId, expiresOn });
  if (!moved.ok) return messageResponse(c, conversation, { refusal: moved.refusal, field: 'expire', typed: expiresOn });
  setFlash(c, 'success', 'life.flash.expiry');
  return c.redirect(conversationHref(conversation, { message: messageId }), 303);
}

type Refused = { refusal: Refusal; field: string; typed: string | undefined };

async function messageResponse(c: WebContext, conversation: Conversation, refused?: Refused): Promise<Response> {
  const ctx = signedInCtx(c);
  const message = await findMessageToManage(ctx, conversation, c.req.param('messageId') ?? '');
  if (!message || refused?.refusal.code === 'conversation.not-found') return notFoundPage(c);
  const view = viewOf(c, conversation);
  const fault = refused && { field: refused.field, text: sentenceOf(view, refused.refusal) };
  const caps = await expiryCaps(ctx, conversation.organisationId);
  const page = { conversation, message, caps, fault, typed: refused?.typed };
  return renderPage(c, <MessagePage view={view} {...page} />, refused && statusOf(refused.refusal));
}
