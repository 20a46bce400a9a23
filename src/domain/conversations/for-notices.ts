import type { Ctx } from '#context';
import { openTitle } from './access.ts';
import { findSealedTitle } from './queries.ts';
import { listReading } from './taking-part-queries.ts';

/**
 * The title that a notice may say, for organisations that have decided so (000-12); undefined once the conversation expired.
 * It is no door: the caller writes to somebody who takes part. On one line, without control characters: no mail leaves with any.
 */
export async function titleForNotice(ctx: Ctx, conversation: { organisationId: string; conversationId: string }): Promise<string | undefined> {
  const sealed = await findSealedTitle(ctx.db, conversation);
  const title = sealed && (await openTitle(ctx, sealed));
  return title?.replaceAll(/\p{Cc}+/gu, ' ').trim() || undefined;
}

type Asked = { conversationId: string; personaId: string };

/** Of these, who may read the conversation now: the last question before a notice leaves, asked by the same rule as the door. */
export function readersAmong(ctx: Ctx, asked: readonly Asked[]): Promise<Asked[]> {
  return listReading(ctx.db, asked, ctx.now());
}
