import { atomically, type Ctx } from '#context';
import { isStaff } from '#domain/organisations/api.ts';
import { unlessBusy, verifyPassword } from '#domain/passwords/api.ts';
import { ok, type Result, refuse } from '#result';
import { accessFlow } from './access.ts';
import { type Account, findAccount } from './account-queries.ts';
import { giveBackBeginning } from './begin-budget.ts';
import { endFlow, insertProvenFlow } from './flow-queries.ts';
import type { Flow, Step, Visit } from './flows.ts';
import { evaluateGuess } from './guesses.ts';
import { sendNewCode } from './request-code.ts';
import { newToken, tokenHash } from './secrets.ts';
import { startSession } from './start-session.ts';

/**
 * Tries the password of the flow's identifier. Right, it opens a session, or, for staff of a real organisation, sends the code that must follow.
 * Refusals: `sign-in.not-recognised` (known and unknown alike, one hash each), `wait-…`, `locked`, `busy`, `suspended`, `start-again`, `code-wait-…`.
 */
export async function signInWithPassword(ctx: Ctx, visit: Visit, typed: { password: string }): Promise<Result<Step>> {
  // Under a flood most are sent away: nothing is looked up for those.
  const room = await unlessBusy(async () => ok(ctx.hasher.checkRoom()));
  if (!room.ok) return room;
  const door = await accessFlow(ctx, visit.flow);
  if (!door.ok) return door;
  if (typed.password === '') return refuse('sign-in.password-missing');
  const flow = door.value;
  const account = await findAccount(ctx, flow, visit.device);
  const guess = { addressKey: flow.addressKey, account, source: visit.source };
  const evaluate = () => verifyPassword(ctx, { profileId: account.profile?.id, typed: typed.password });
  const right = await unlessBusy(() => evaluateGuess(ctx, guess, evaluate));
  if (!right.ok) return right;
  if (!right.value || !account.profile) return refuse('sign-in.not-recognised');
  await giveBackBeginning(ctx, visit.source);
  if (account.profile.suspended) return refuse('sign-in.suspended');
  return stepAfterPassword(ctx, { flow, visit, account, profileId: account.profile.id });
}

type Recognised = { flow: Flow; visit: Visit; account: Account; profileId: string };

async function stepAfterPassword(ctx: Ctx, { flow, visit, account, profileId }: Recognised): Promise<Result<Step>> {
  const staff = await isStaff(ctx, { profileId });
  if (staff && visit.requireSecondProof && !flow.addressProven) return askForCode(ctx, { flow, visit, account, profileId });
  return atomically(ctx, async (inside) => {
    // Of two at the same moment one opens the session; the other is told to begin again, and finds itself signed in.
    if (!(await endFlow(inside, flow.id))) return refuse('sign-in.start-again');
    const method = flow.addressProven ? 'password-and-code' : 'password';
    const session = await startSession(inside, { profileId, method, staff, device: visit.device, ownDevice: flow.ownDevice });
    return ok({ step: 'signed-in', session, returnTo: flow.returnTo });
  });
}

async function askForCode(ctx: Ctx, { flow, visit, account, profileId }: Recognised): Promise<Result<Step>> {
  const token = newToken(ctx);
  const proven: Flow = { ...flow, id: tokenHash(token), passwordProvenBy: profileId };
  await insertProvenFlow(ctx, flow, { id: proven.id, passwordBy: profileId });
  const sent = await sendNewCode(ctx, { flow: proven, account, visit });
  if (!sent.ok) return sent;
  await endFlow(ctx, flow.id);
  return ok({ step: 'code', flow: token });
}
