import type { Ctx } from '#context';
import { isReadableText } from '#shared/sign-in.ts';
import { findPasswordRecord, updatePasswordUsed } from './queries.ts';

/** Whether `typed` is the profile's password. The same one hash is computed for nobody (`undefined`) and for an account without password. */
export async function verifyPassword(ctx: Ctx, asked: { profileId: string | undefined; typed: string }): Promise<boolean> {
  const record = asked.profileId === undefined ? undefined : await findPasswordRecord(ctx, asked.profileId);
  const password = isReadableText(asked.typed) ? asked.typed.normalize('NFKC') : '';
  const { matches, needsRehash } = await ctx.hasher.verify(password, record?.secret);
  if (!matches || !record) return false;
  await updatePasswordUsed(ctx, record, needsRehash ? await ctx.hasher.hash(password) : record.secret);
  return true;
}
