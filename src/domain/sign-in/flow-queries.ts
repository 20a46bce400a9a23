import { type Selectable, sql } from 'kysely';
import type { Ctx } from '#context';
import type { SignInFlows } from '#platform/database/schema.ts';
import { codeRules } from '#shared/sign-in.ts';
import { type Flow, flowPurposes, flowRules } from './flows.ts';

const columns = [
  'id',
  'purpose',
  'address',
  'address_key',
  'return_to',
  'code_hash',
  'code_sent_at',
  'code_expires_at',
  'code_tries',
  'code_used_at',
  'own_device',
  'address_proven_at',
  'password_proven_by',
  'password_proven_at',
  'ended_at',
] as const;

/** The flow, ended or not: the page of a code says «déjà utilisé» of one that is over. */
export async function findFlow(ctx: Ctx, id: string): Promise<(Flow & { ended: boolean }) | undefined> {
  const row = await ctx.db.selectFrom('sign_in_flows').select(columns).where('id', '=', id).where('expires_at', '>', ctx.now()).executeTakeFirst();
  return row && { ...toFlow(ctx, row), ended: row.ended_at !== null };
}

export async function insertFlow(ctx: Ctx, flow: Pick<Flow, 'id' | 'purpose' | 'address' | 'addressKey' | 'returnTo'>): Promise<void> {
  await ctx.db
    .insertInto('sign_in_flows')
    .values({
      id: flow.id,
      purpose: flow.purpose,
      address: flow.address,
      address_key: flow.addressKey,
      return_to: flow.returnTo ?? null,
      started_at: ctx.now(),
      expires_at: flowEnd(ctx),
    })
    .execute();
}

/** What a session joins: one address at a time, the last one asked for. */
export async function upsertJoinFlow(ctx: Ctx, flow: Pick<Flow, 'id' | 'address' | 'addressKey' | 'returnTo'>): Promise<void> {
  const begun = {
    address: flow.address,
    address_key: flow.addressKey,
    return_to: flow.returnTo ?? null,
    code_hash: null,
    code_sent_at: null,
    code_expires_at: null,
    code_tries: 0,
    code_used_at: null,
    ended_at: null,
    started_at: ctx.now(),
    expires_at: flowEnd(ctx),
  };
  await ctx.db
    .insertInto('sign_in_flows')
    .values({ id: flow.id, purpose: 'join', ...begun })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(begun))
    .execute();
}

export async function updateFlowReturn(ctx: Ctx, id: string, returnTo: string | undefined): Promise<void> {
  await ctx.db
    .updateTable('sign_in_flows')
    .set({ return_to: returnTo ?? null, expires_at: flowEnd(ctx) })
    .where('id', '=', id)
    .execute();
}

/** Puts a new code in the place of any earlier one (S-14). The address's count of wrong tries is elsewhere and stays. */
export async function updateFlowCode(ctx: Ctx, id: string, code: { hash: string; expiresAt: Date }): Promise<void> {
  await ctx.db
    .updateTable('sign_in_flows')
    .set({ code_hash: code.hash, code_sent_at: ctx.now(), code_expires_at: code.expiresAt, code_tries: 0, code_used_at: null })
    .set({ expires_at: flowEnd(ctx) })
    .where('id', '=', id)
    .execute();
}

/**
 * Counts one try of the flow's code if it may still be tried, and gives what to compare with. One statement: of 50 at the same moment
 * five get through, and the row stays locked until the caller's transaction ends.
 */
export async function countCodeTry(ctx: Ctx, id: string): Promise<{ hash: string; tries: number } | undefined> {
  const row = await ctx.db
    .updateTable('sign_in_flows')
    .set((flow) => ({ code_tries: flow('code_tries', '+', 1) }))
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .where('code_used_at', 'is', null)
    .where('code_expires_at', '>', ctx.now())
    .where('code_tries', '<', codeRules.triesPerCode)
    .returning(['code_hash', 'code_tries'])
    .executeTakeFirst();
  return row?.code_hash ? { hash: row.code_hash, tries: row.code_tries } : undefined;
}

/** The code has served; the flow goes on under a new id, with its address proven. */
export async function insertProvenFlow(ctx: Ctx, flow: Flow, proof: { id: string } & Partial<Proof>): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto('sign_in_flows')
    .values({
      id: proof.id,
      purpose: flow.purpose,
      address: flow.address,
      address_key: flow.addressKey,
      return_to: flow.returnTo ?? null,
      own_device: proof.ownDevice ?? flow.ownDevice,
      address_proven_at: proof.address || flow.addressProven ? now : null,
      password_proven_by: proof.passwordBy ?? flow.passwordProvenBy ?? null,
      password_proven_at: proof.passwordBy || flow.passwordProvenBy ? now : null,
      started_at: now,
      expires_at: flowEnd(ctx),
    })
    .execute();
}

export type Proof = { address: boolean; passwordBy: string; ownDevice: boolean };

export async function updateFlowCodeUsed(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('sign_in_flows').set({ code_used_at: ctx.now(), ended_at: ctx.now() }).where('id', '=', id).execute();
}

/** Ends a flow; false when it was over already, so that of two at the same moment one goes on. */
export async function endFlow(ctx: Ctx, id: string): Promise<boolean> {
  const ended = await ctx.db.updateTable('sign_in_flows').set({ ended_at: ctx.now() }).where('id', '=', id).where('ended_at', 'is', null).executeTakeFirst();
  return ended.numUpdatedRows > 0n;
}

/**
 * Ends whatever any browser has begun for a profile or one of its addresses: what was proven before the password changed proves nothing after.
 * In the caller's transaction.
 */
export async function endFlowsOf(ctx: Ctx, profileId: string): Promise<void> {
  const keys = ctx.db.selectFrom('personas').select('address_key').where('profile_id', '=', profileId);
  await ctx.db
    .updateTable('sign_in_flows')
    .set({ ended_at: ctx.now() })
    .where('ended_at', 'is', null)
    .where((flow) => flow.or([flow('address_key', 'in', keys), flow('password_proven_by', '=', profileId)]))
    .execute();
}

/** Removes at most 1 000 flows that are over; tells how many. */
/** Flows one statement forgets. */
export const flowsAtOnce = 1000;

export async function deleteOldFlows(ctx: Ctx): Promise<number> {
  const deleted = await sql`
    delete from sign_in_flows where id in (
      select id from sign_in_flows where expires_at <= ${ctx.now()} order by expires_at limit ${flowsAtOnce} for update skip locked
    )`.execute(ctx.db);
  return Number(deleted.numAffectedRows ?? 0);
}

function flowEnd(ctx: Ctx): Date {
  return new Date(ctx.now().getTime() + flowRules.life * 1000);
}

function toFlow(ctx: Ctx, row: Pick<Selectable<SignInFlows>, (typeof columns)[number]>): Flow {
  const fresh = (at: Date | null) => at !== null && ctx.now().getTime() - at.getTime() < flowRules.proof * 1000;
  return {
    id: row.id,
    purpose: flowPurposes.find((purpose) => purpose === row.purpose) ?? 'sign-in',
    address: row.address,
    addressKey: row.address_key,
    returnTo: row.return_to ?? undefined,
    code:
      row.code_sent_at && row.code_expires_at
        ? {
            sentAt: row.code_sent_at,
            expiresAt: row.code_expires_at,
            triesLeft: codeRules.triesPerCode - row.code_tries,
            used: row.code_used_at !== null,
          }
        : undefined,
    ownDevice: row.own_device,
    addressProven: fresh(row.address_proven_at),
    passwordProvenBy: fresh(row.password_proven_at) ? (row.password_proven_by ?? undefined) : undefined,
  };
}
