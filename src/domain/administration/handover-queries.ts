import { sql } from 'kysely';
import type { Ctx } from '#context';

type Key = { organisationId: string; id: string };

/** Conversations on their way from one of the organisation's people to a colleague. */
export type Handover = Key & {
  fromPersonaId: string;
  fromAddress: string;
  toPersonaId: string;
  toAddress: string;
  total: number;
  moved: number;
  doneAt: Date | undefined;
  /** The refusal that ended it before all were moved. */
  stopped: string | undefined;
};

export async function insertHandover(ctx: Ctx, handover: Key & Pick<Handover, 'fromPersonaId' | 'toPersonaId' | 'total' | 'moved'>): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto('handovers')
    .values({
      organisation_id: handover.organisationId,
      id: handover.id,
      from_persona_id: handover.fromPersonaId,
      to_persona_id: handover.toPersonaId,
      total: handover.total,
      moved: handover.moved,
      begun_at: now,
      moved_at: now,
    })
    .execute();
}

function selectHandovers(ctx: Ctx) {
  return ctx.db
    .selectFrom('handovers as h')
    .innerJoin('personas as giver', 'giver.id', 'h.from_persona_id')
    .innerJoin('personas as taker', 'taker.id', 'h.to_persona_id')
    .select(['h.organisation_id', 'h.id', 'h.from_persona_id', 'h.to_persona_id', 'h.total', 'h.moved', 'h.done_at', 'h.stopped'])
    .select(['giver.address as from_address', 'taker.address as to_address']);
}

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof selectHandovers>['executeTakeFirst']>>>;

function toHandover(row: Row): Handover {
  return {
    organisationId: row.organisation_id,
    id: row.id,
    fromPersonaId: row.from_persona_id,
    fromAddress: row.from_address,
    toPersonaId: row.to_persona_id,
    toAddress: row.to_address,
    total: row.total,
    moved: row.moved,
    doneAt: row.done_at ?? undefined,
    stopped: row.stopped ?? undefined,
  };
}

export async function findHandover(ctx: Ctx, { organisationId, id }: Key): Promise<Handover | undefined> {
  const row = await selectHandovers(ctx).where('h.organisation_id', '=', organisationId).where('h.id', '=', id).executeTakeFirst();
  return row && toHandover(row);
}

/** The last of what somebody held, under way or over. */
export async function findLastHandover(ctx: Ctx, of: { organisationId: string; personaId: string }): Promise<Handover | undefined> {
  const row = await selectHandovers(ctx)
    .where('h.organisation_id', '=', of.organisationId)
    .where('h.from_persona_id', '=', of.personaId)
    .orderBy('h.begun_at', 'desc')
    .orderBy('h.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && toHandover(row);
}

export async function updateHandoverMoved(ctx: Ctx, { organisationId, id }: Key): Promise<void> {
  await ctx.db
    .updateTable('handovers')
    .set((row) => ({ moved: row('moved', '+', 1), moved_at: ctx.now() }))
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .execute();
}

/** How many it moved; undefined when it was over already. */
export async function updateHandoverDone(ctx: Ctx, { organisationId, id, stopped }: Key & { stopped: string | undefined }): Promise<number | undefined> {
  const row = await ctx.db
    .updateTable('handovers')
    .set({ done_at: ctx.now(), stopped: stopped ?? null })
    .where('organisation_id', '=', organisationId)
    .where('id', '=', id)
    .where('done_at', 'is', null)
    .returning('moved')
    .executeTakeFirst();
  return row?.moved;
}

/** Those under way of which nothing has moved since `before`. */
export async function listStalled(ctx: Ctx, before: Date, most: number): Promise<Key[]> {
  const { rows } = await sql<{ organisation_id: string; id: string }>`
    select organisation_id, id from handovers where done_at is null and moved_at < ${before} order by moved_at limit ${most}`.execute(ctx.db);
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id }));
}
