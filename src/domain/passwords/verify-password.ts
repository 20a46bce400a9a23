import type { Ctx } from '#context';
import { isReadableText } from '#shared/sign-in.ts';
import { findPasswordRecord, updatePasswordUsed } from './queries.ts';

/** The nil UUID (RFC 9562 §5.9): the same query is made for nobody. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Whether `typed` is the profile's password. The same one hash is computed for nobody (`undefined`) and for an account without password. */
export async function verifyPassword(ctx: Ctx, asked: { profileId: string | undefined; typed: string }): Promise<boolean> {
  const record = await findPasswordRecord(ctx, asked.profileId ?? nobody);
  const password = isReadableText(asked.typed) ? asked.typed.normalize('NFKC') : '';
  const { matches, needsRehash } = await ctx.hasher.verify(password, record?.secret);
  if (!matches || !record) return false;
  await updatePasswordUsed(ctx, record, needsRehash ? await ctx.hasher.hash(password) : record.secret);
  return true;
}
