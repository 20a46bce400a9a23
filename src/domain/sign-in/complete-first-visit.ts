import { atomically, type Ctx } from '#context';
import { isStaff } from '#domain/organisations/api.ts';
import { makeSecret, storePassword } from '#domain/passwords/api.ts';
import { createProfile, findPersonaByAddress } from '#domain/people/api.ts';
import { ok, type Result, refuse } from '#result';
import { nameFault } from '#shared/people.ts';
import { accessProvenFlow } from './access.ts';
import { endFlow } from './flow-queries.ts';
import type { Flow, Step, Visit } from './flows.ts';
import { upsertCodeMethod } from './method-queries.ts';
import { ownWordsOf } from './own-words.ts';
import { startSession } from './start-session.ts';

/**
 * Opens the account of somebody whose address is proven: a profile with the name they give, their address with everything that waits there,
 * the password if they chose one (staff must), and a session. Refusals: `person.name-…`, `password.…`, `start-again`, `person.address-taken`.
 */
export async function completeFirstVisit(ctx: Ctx, visit: Visit, typed: { name: string; password: string }): Promise<Result<Step>> {
  const door = await accessProvenFlow(ctx, visit.flow);
  if (!door.ok) return door;
  const flow = door.value;
  const fault = nameFault(typed.name);
  if (fault) return refuse(fault);
  const staff = await isInvitedStaff(ctx, flow);
  const { password } = typed;
  const ownWords = await ownWordsOf(ctx, { name: typed.name, address: flow.address });
  const secret = password !== '' || staff ? await makeSecret(ctx, { password, ownWords }) : ok(undefined);
  if (!secret.ok) return secret;
  return atomically(ctx, (inside) => openAccount(inside, { flow, visit, name: typed.name, secret: secret.value, staff }));
}

type Opening = { flow: Flow; visit: Visit; name: string; secret: string | undefined; staff: boolean };

async function openAccount(ctx: Ctx, { flow, visit, name, secret, staff }: Opening): Promise<Result<Step>> {
  if (!(await endFlow(ctx, flow.id))) return refuse('sign-in.start-again');
  const created = await createProfile(ctx, { displayName: name, addresses: [flow.address], locale: ctx.locale });
  if (!created.ok) return created;
  const { profileId, personas } = created.value;
  for (const persona of personas) await upsertCodeMethod(ctx, { profileId, personaId: persona.id });
  if (secret !== undefined) await storePassword(ctx, { profileId, secret });
  const method = staff ? 'password-and-code' : 'code';
  const session = await startSession(ctx, { profileId, method, staff, device: visit.device, ownDevice: flow.ownDevice });
  return ok({ step: 'signed-in', session, returnTo: flow.returnTo });
}

async function isInvitedStaff(ctx: Ctx, flow: Flow): Promise<boolean> {
  const persona = await findPersonaByAddress(ctx, flow.address);
  return persona !== undefined && (await isStaff(ctx, { personaId: persona.id }));
}
