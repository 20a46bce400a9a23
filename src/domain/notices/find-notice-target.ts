import type { Ctx } from '#context';
import { hashToken } from './notice-token.ts';
import { findNoticeByTokenHash } from './queries.ts';

/** What a notice's link points to. Rights are not in it: the door of the conversation decides who may see what. */
export type NoticeTarget = {
  personaId: string;
  address: string;
  /** null: the address has no profile yet. */
  profileId: string | null;
  organisationId: string;
  /** null: it tells of several conversations that were handed over. */
  conversationId: string | null;
  /** null: it tells of the conversation, not of one of its messages. */
  messageId: string | null;
};

/** Resolves the token of `/avis/:jeton` (S-08). Reading consumes nothing (S-07); an unknown, malformed or revoked token is undefined. */
export async function findNoticeTarget(ctx: Ctx, token: string): Promise<NoticeTarget | undefined> {
  if (!/^[A-Za-z0-9_-]{22}$/.test(token)) return undefined;
  return findNoticeByTokenHash(ctx, hashToken(token));
}
