import { atomically, type SignedInCtx } from '#context';
import { hasPassword, judgePassword, makeSecret, storePassword, unlessBusy, verifyPassword } from '#domain/passwords/api.ts';
import { endFlowsOf, endOtherSessions, evaluateGuess, ownWordsOf } from '#domain/sign-in/api.ts';
import { ok, type Result, refuse } from '#result';
import { tellAddresses } from './tell-addresses.ts';

/**
 * Sets or changes the actor's password. The present one is asked for when there is one, and counted like any guess.
 * Refusals: `password.current-wrong`, `sign-in.wait-…`, `password.…`.
 */
export async function changePassword(ctx: SignedInCtx, typed: { current: string; password: string }): Promise<Result<undefined>> {
  const { profileId, displayName } = ctx.actor;
  const ownWords = await ownWordsOf(ctx, { profileId, name: displayName });
  const judged = judgePassword(typed.password, { ownWords });
  if (!judged.ok) return judged;
  if (await hasPassword(ctx, profileId)) {
    const guess = { addressKey: `profile:${profileId}`, account: { lane: 'signed-in' }, source: '' };
    const evaluate = () => verifyPassword(ctx, { profileId, typed: typed.current });
    const right = await unlessBusy(() => evaluateGuess(ctx, guess, evaluate));
    if (!right.ok) return right;
    if (!right.value) return refuse('password.current-wrong');
  }
  const secret = await makeSecret(ctx, { password: typed.password, ownWords });
  if (!secret.ok) return secret;
  await atomically(ctx, async (inside) => {
    await storePassword(inside, { profileId, secret: secret.value });
    await endFlowsOf(inside, profileId);
    await endOtherSessions(inside, 'password-changed');
    await tellAddresses(inside, { profileId, kind: 'password-changed' });
  });
  return ok();
}

/** Whether the actor has a password to change, or one to choose. */
export function ownsPassword(ctx: SignedInCtx): Promise<boolean> {
  return hasPassword(ctx, ctx.actor.profileId);
}
