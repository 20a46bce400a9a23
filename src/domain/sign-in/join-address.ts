import { atomically, type Ctx, publish, type SignedInCtx } from '#context';
import { sendAlert } from '#domain/notices/api.ts';
import { isStaff } from '#domain/organisations/api.ts';
import { adoptPersona, findPersonaByAddress, listPersonas, lockProfile } from '#domain/people/api.ts';
import { takeFromBudget } from '#platform/throttle/budgets.ts';
import { ok, type Result, refuse } from '#result';
import { addressKey, limits } from '#shared/people.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { findAccount } from './account-queries.ts';
import { readIdentifier } from './begin-sign-in.ts';
import { joinings, nextCodeAt } from './code-budgets.ts';
import { findFlow, updateFlowReturn, upsertJoinFlow } from './flow-queries.ts';
import type { Flow, Visit } from './flows.ts';
import { upsertCodeMethod } from './method-queries.ts';
import { sendNewCode } from './request-code.ts';
import { tryTypedCode } from './try-code.ts';

export type Visiting = Pick<Visit, 'device' | 'source'>;

/**
 * Asks for a further address of the actor's profile (000-Y1): a code goes to it, whoever it belongs to, and nothing says whether it is known
 * (ADR 0007). Asked again while the last code serves and no other may leave yet, that one is kept.
 * Refuses what `beginSignIn` refuses of an identifier, `person.address-yours`, `person.addresses-too-many`, and what `sendNewCode` refuses.
 */
export async function beginJoining(ctx: SignedInCtx, visit: Visiting, asked: { address: string; returnTo: string | undefined }): Promise<Result<undefined>> {
  const typed = readIdentifier(asked.address);
  if (!typed.ok) return typed;
  const { address, key } = typed.value;
  if (ctx.actor.personas.some((persona) => addressKey(persona.address) === key)) return refuse('person.address-yours');
  if (ctx.actor.personas.length >= limits.addresses) return refuse('person.addresses-too-many', { limit: limits.addresses });
  const id = flowOf(ctx);
  const returnTo = safeReturnPath(asked.returnTo);
  const current = await findFlow(ctx, id);
  if (current && !current.ended && current.addressKey === key) await updateFlowReturn(ctx, id, returnTo);
  else await upsertJoinFlow(ctx, { id, address, addressKey: key, returnTo });
  const sent = await sendJoiningCode(ctx, visit);
  if (sent.ok) return sent;
  const joining = await accessJoining(ctx);
  const code = joining.ok ? joining.value.code : undefined;
  return code && code.triesLeft > 0 && code.expiresAt > ctx.now() ? ok() : sent;
}

/** The door to what this session is joining: reading it consumes nothing. Refuses `sign-in.start-again`. */
export async function accessJoining(ctx: SignedInCtx): Promise<Result<Flow>> {
  const flow = await findFlow(ctx, flowOf(ctx));
  return flow && !flow.ended ? ok(flow) : refuse('sign-in.start-again');
}

/** When the next code may be asked for; undefined: now. */
export function nextJoiningCodeAt(ctx: SignedInCtx, flow: Flow, visit: Visiting): Promise<Date | undefined> {
  return nextCodeAt(ctx, flow, visit);
}

/** Sends another code to the address being joined. Counted with the codes of that address (S-14), and with those of the profile. */
export async function sendJoiningCode(ctx: SignedInCtx, visit: Visiting): Promise<Result<undefined>> {
  const door = await accessJoining(ctx);
  if (!door.ok) return door;
  const flow = door.value;
  const account = await findAccount(ctx, flow, visit.device);
  return atomically(ctx, async (inside) => {
    const taken = await takeFromBudget(inside.db, joinings(inside, ctx.actor.profileId));
    return taken.allowed ? sendNewCode(inside, { flow, account, visit }) : refuse('person.joinings-too-many');
  });
}

export type Joined = {
  address: string;
  personaId: string;
  returnTo: string | undefined;
  /** The address has a role in an organisation: the session ends, and the next one needs what staff must prove. */
  endsSession: boolean;
};

/**
 * Tries the code. Right, the address is the profile's from now on, with every conversation it takes part in; all addresses of the profile are told.
 * Only then is anything said of an address that is somebody's: `person.address-elsewhere` (another profile's), `person.address-closed`.
 * Other refusals: those of `tryTypedCode`, `person.addresses-too-many`. Sent twice, it is joined once.
 */
export async function confirmJoining(ctx: SignedInCtx, visit: Visiting, typed: { code: string }): Promise<Result<Joined>> {
  const flow = await findFlow(ctx, flowOf(ctx));
  if (!flow) return refuse('sign-in.start-again');
  const joined = await tryTypedCode(ctx, { flow, visit, code: typed.code }, (inside) => join(inside, ctx.actor.profileId, flow));
  if (joined.ok || joined.refusal.code !== 'sign-in.code-used') return joined;
  // Sent twice: the first has joined it.
  const persona = await findPersonaByAddress(ctx, flow.address);
  if (persona?.profileId !== ctx.actor.profileId) return joined;
  return ok({ address: persona.address, personaId: persona.id, returnTo: flow.returnTo, endsSession: false });
}

async function join(ctx: Ctx, profileId: string, flow: Flow): Promise<Result<Joined>> {
  await lockProfile(ctx, profileId);
  const known = await findPersonaByAddress(ctx, flow.address);
  if (known?.closedAt) return refuse('person.address-closed');
  if (known?.profileId && known.profileId !== profileId) return refuse('person.address-elsewhere');
  if ((await listPersonas(ctx, profileId)).length >= limits.addresses) return refuse('person.addresses-too-many', { limit: limits.addresses });
  const wasStaff = await isStaff(ctx, { profileId });
  const adopted = await adoptPersona(ctx, { profileId, address: flow.address });
  // Somebody else proved it since it was looked at.
  if (!adopted.ok) return refuse('person.address-elsewhere');
  const { id: personaId, address } = adopted.value;
  await upsertCodeMethod(ctx, { profileId, personaId });
  const personas = await listPersonas(ctx, profileId);
  if (known?.profileId !== profileId) for (const persona of personas) await sendAlert(ctx, { to: persona.address, kind: 'address-joined', locale: ctx.locale });
  await publish(ctx, { personaIds: personas.map((persona) => persona.id), kind: 'messages', subjectId: profileId });
  const endsSession = !wasStaff && (await isStaff(ctx, { profileId }));
  return ok({ address, personaId, returnTo: flow.returnTo, endsSession });
}

/** One flow a session, so that a code serves in the browser that asked for it and under the profile that did: no cookie leads to it. */
function flowOf(ctx: SignedInCtx): string {
  return `join:${ctx.actor.sessionId}`;
}
