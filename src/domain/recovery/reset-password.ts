import { atomically, type Ctx } from '#context';
import { makeSecret, storePassword } from '#domain/passwords/api.ts';
import { endAllSessions, endFlow, endFlowsOf, forgetDevices, ownWordsOf, type Visit } from '#domain/sign-in/api.ts';
import { ok, type Result, refuse } from '#result';
import { accessReset } from './access.ts';
import { tellAddresses } from './tell-addresses.ts';

/**
 * Sets the password of the person whose code came back. The answer carries the way back: where they were going before they forgot it.
 * Refusals: `password.…`, `start-again` (too late, or done already in another tab).
 */
export async function resetPassword(ctx: Ctx, visit: Visit, typed: { password: string }): Promise<Result<{ returnTo: string | undefined }>> {
  const door = await accessReset(ctx, visit.flow);
  if (!door.ok) return door;
  const { flow, profileId, name } = door.value;
  const secret = await makeSecret(ctx, { ...typed, ownWords: await ownWordsOf(ctx, { profileId, name }) });
  if (!secret.ok) return secret;
  return atomically(ctx, async (inside) => {
    // The password's row first: two resets of one profile then wait here for each other, before either holds a flow that the other must end.
    await storePassword(inside, { profileId, secret: secret.value });
    if (!(await endFlow(inside, flow.id))) return refuse('sign-in.start-again');
    await endFlowsOf(inside, profileId);
    await endAllSessions(inside, { profileId, reason: 'ended-by-reset' });
    await forgetDevices(inside, { profileId, except: visit.device });
    await tellAddresses(inside, { profileId, kind: 'password-reset' });
    return ok({ returnTo: flow.returnTo });
  });
}
