import type { Ctx } from '#context';
import { ok, type Result } from '#result';
import { makeSecret } from './make-secret.ts';
import { storePassword } from './queries.ts';

/** Gives a profile its password, replacing the one it had: for administration and the demonstration. */
export async function savePassword(ctx: Ctx, asked: { profileId: string; password: string; ownWords: readonly string[] }): Promise<Result<undefined>> {
  const secret = await makeSecret(ctx, asked);
  if (!secret.ok) return secret;
  await storePassword(ctx, { profileId: asked.profileId, secret: secret.value });
  return ok();
}
