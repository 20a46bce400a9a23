import type { Ctx } from '#context';
import { ok, type Result } from '#result';
import { judgePassword } from './judge-password.ts';
import { storePassword } from './queries.ts';

/** Gives a profile its password, replacing the one it had. Not to be called inside a transaction that others wait for: hashing takes its time. */
export async function savePassword(ctx: Ctx, asked: { profileId: string; password: string; ownWords: readonly string[] }): Promise<Result<undefined>> {
  const judged = judgePassword(asked.password, asked);
  if (!judged.ok) return judged;
  await storePassword(ctx, { profileId: asked.profileId, secret: await ctx.hasher.hash(judged.value) });
  return ok();
}
