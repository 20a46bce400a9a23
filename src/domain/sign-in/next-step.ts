import type { Ctx } from '#context';
import { isStaff } from '#domain/organisations/api.ts';
import { hasPassword } from '#domain/passwords/api.ts';
import { adoptPersona } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import type { Account } from './account-queries.ts';
import { endFlow } from './flow-queries.ts';
import type { Flow, Step, Visit } from './flows.ts';
import { upsertCodeMethod } from './method-queries.ts';
import { startSession } from './start-session.ts';

export type Proven = { flow: Flow; token: string; visit: Visit; account: Account };

/**
 * Where somebody goes once the code sent to their address has come back: a first visit, the page of a new password, the password that staff
 * must give as well, or in. In the caller's transaction.
 */
export async function stepAfterProof(ctx: Ctx, { flow, token, visit, account }: Proven): Promise<Result<Step>> {
  const { profile } = account;
  if (account.closed) return refuse('sign-in.suspended');
  if (!profile) return ok({ step: 'first-visit', flow: token });
  if (profile.suspended) return refuse('sign-in.suspended');
  const adopted = await adoptPersona(ctx, { profileId: profile.id, address: flow.address });
  if (!adopted.ok) return adopted;
  await upsertCodeMethod(ctx, { profileId: profile.id, personaId: adopted.value.id });
  if (flow.purpose === 'reset') return ok({ step: 'new-password', flow: token });
  const staff = await isStaff(ctx, { profileId: profile.id });
  if (staff && flow.passwordProvenBy !== profile.id) {
    const known = await hasPassword(ctx, profile.id);
    return ok({ step: known ? 'password' : 'new-password', flow: token });
  }
  await endFlow(ctx, flow.id);
  const method = flow.passwordProvenBy === profile.id ? 'password-and-code' : 'code';
  const session = await startSession(ctx, { profileId: profile.id, method, staff, device: visit.device, ownDevice: flow.ownDevice });
  return ok({ step: 'signed-in', session, returnTo: flow.returnTo });
}
