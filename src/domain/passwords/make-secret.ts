import type { Ctx } from '#context';
import { ok, type Result } from '#result';
import { judgePassword } from './judge-password.ts';
import { unlessBusy } from './unless-busy.ts';

/** Judges a password and gives the record to keep. Hashing takes its time: never inside a transaction that others wait for. */
export async function makeSecret(ctx: Ctx, typed: { password: string; ownWords: readonly string[] }): Promise<Result<string>> {
  const judged = judgePassword(typed.password, typed);
  if (!judged.ok) return judged;
  return unlessBusy(async () => ok(await ctx.hasher.hash(judged.value)));
}
