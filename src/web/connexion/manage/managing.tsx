import { accessOneConversation, type Conversation, canManage } from '#domain/conversations/api.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { viewOf } from '../reading.tsx';
import { ManagePage } from './manage-page.tsx';

/** The conversation of the address, for who has its tools; undefined for everybody else, who are answered as if it did not exist. */
export async function accessManaged(c: WebContext): Promise<Conversation | undefined> {
  const ctx = signedInCtx(c);
  const conversation = await accessOneConversation(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') });
  return conversation && canManage(ctx.actor, conversation) ? conversation : undefined;
}

export async function showManage(c: WebContext): Promise<Response> {
  const conversation = await accessManaged(c);
  if (!conversation) return notFoundPage(c);
  return renderPage(c, <ManagePage view={viewOf(c, conversation)} conversation={conversation} />);
}
