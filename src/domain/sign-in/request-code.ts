import { atomically, type Ctx } from '#context';
import { sendCode } from '#domain/notices/api.ts';
import { peekBudget } from '#platform/throttle/budgets.ts';
import { ok, type Result, refuse } from '#result';
import { codeRules } from '#shared/sign-in.ts';
import { accessFlow } from './access.ts';
import { type Account, findAccount } from './account-queries.ts';
import { takeCode, wrongTries } from './code-budgets.ts';
import { codeLaneOf } from './code-lane.ts';
import { updateFlowCode } from './flow-queries.ts';
import type { Flow, Visit } from './flows.ts';
import { codeHash, newCode } from './secrets.ts';

/**
 * Sends a code to the flow's address, whoever it belongs to (S-14): its owner, if they have no account, opens one with it.
 * Refused with `sign-in.code-wait-…` past 30 s, 6 an hour, 20 a day, and `sign-in.code-too-many-wrong` past 20 wrong tries a day.
 */
export async function requestCode(ctx: Ctx, visit: Visit): Promise<Result<undefined>> {
  const door = await accessFlow(ctx, visit.flow);
  if (!door.ok) return door;
  const flow = door.value;
  const account = await findAccount(ctx, flow, visit.device);
  return sendNewCode(ctx, { flow, account, visit });
}

/** The same, for a caller that has been through the door. */
export async function sendNewCode(ctx: Ctx, to: { flow: Flow; account: Account; visit: Visit }): Promise<Result<undefined>> {
  const { flow, account } = to;
  const counted = { addressKey: flow.addressKey, lane: await codeLaneOf(ctx, flow, account) };
  const tries = await peekBudget(ctx.db, wrongTries(ctx, counted));
  if (!tries.allowed) return refuse('sign-in.code-too-many-wrong');
  const taken = await takeCode(ctx, counted, to.visit.source);
  if (!taken.ok) return taken;
  const code = newCode(ctx);
  await atomically(ctx, async (inside) => {
    const expiresAt = new Date(inside.now().getTime() + codeRules.lifeSeconds * 1000);
    await updateFlowCode(inside, flow.id, { hash: codeHash(inside, flow.id, code), expiresAt });
    await sendCode(inside, {
      to: account.address,
      code,
      locale: account.profile?.locale ?? inside.locale,
      minutes: codeRules.lifeSeconds / 60,
      purpose: flow.purpose === 'reset' ? 'reset' : 'sign-in',
    });
  });
  return ok();
}
