import { sql } from 'kysely';
import type { ActorMembership, ActorPersona, Ctx } from '#context';
import { run } from '#platform/database/statement.ts';

export type EndReason = 'signed-out' | 'signed-out-elsewhere' | 'replaced' | 'ended-by-reset' | 'password-changed' | 'suspended';

export type SessionRow = {
  profileId: string;
  staff: boolean;
  seenAt: Date;
  /** When it ends by itself: its length, or for staff the time without a request. */
  endsAt: Date;
  endedAt: Date | null;
  /** Its length, whatever is done. */
  expiresAt: Date;
  /** Null for people who are not staff. */
  idleSeconds: number | null;
  endedReason: string | null;
  /** Begun before a suspension. */
  void: boolean;
  profileStatus: string;
  displayName: string;
  locale: string | null;
  timeZone: string | null;
  theme: string;
  listSize: 10 | 20 | 30 | null;
  listOrder: 'newest' | 'oldest' | null;
  personas: ActorPersona[];
  memberships: ActorMembership[];
  hasDrafts: boolean;
};

/**
 * Everything a request needs to know of who asks: one statement, three index reads and two more per address. A second one for whoever has a
 * role that is not in force: an organisation may have closed its conversations to them (ADR 0026), and what is closed is not counted.
 */
export async function findSession(ctx: Ctx, id: string): Promise<SessionRow | undefined> {
  const [row] = await run<SessionRow>(ctx.db, sessionText, [id]);
  if (!row?.personas.some(({ counts }) => counts?.partly)) return row;
  return { ...row, personas: await recounted(ctx, row.personas) };
}

async function recounted(ctx: Ctx, personas: readonly ActorPersona[]): Promise<ActorPersona[]> {
  type Totals = { personaId: string; unread: number; conversations: number; partly: boolean };
  const totals = await run<Totals>(ctx.db, totalsText, [personas.map(({ id }) => id)]);
  return personas.map((persona) => {
    const found = totals.find(({ personaId }) => personaId === persona.id);
    return { ...persona, counts: { unread: found?.unread ?? 0, conversations: found?.conversations ?? 0, partly: found?.partly ?? false } };
  });
}

const totalsText = 'select persona_id as "personaId", conversations, unread, partly from readable_totals where persona_id = any($1::uuid[])';

const sessionText = `
    select s.profile_id as "profileId", s.staff, s.seen_at as "seenAt", s.ended_at as "endedAt", s.ended_reason as "endedReason",
      s.expires_at as "expiresAt", s.idle_seconds as "idleSeconds",
      s.started_at <= coalesce(p.sessions_void_before, '-infinity') as void,
      least(s.expires_at, s.seen_at + s.idle_seconds * interval '1 second') as "endsAt",
      p.status as "profileStatus", p.display_name as "displayName", p.locale, p.time_zone as "timeZone", p.theme,
      p.list_size as "listSize", p.list_order as "listOrder",
      coalesce((
        select json_agg(json_build_object('id', a.id, 'address', a.address, 'counts',
          json_build_object('unread', coalesce(t.unread, 0), 'conversations', coalesce(t.conversations, 0),
            'partly', exists (select from memberships m where m.persona_id = a.id and m.status <> 'active'))) order by a.created_at, a.id)
        from personas a left join inbox_totals t on t.persona_id = a.id
        where a.profile_id = p.id and a.closed_at is null), '[]') as personas,
      coalesce((
        select json_agg(json_build_object('organisationId', m.organisation_id, 'personaId', m.persona_id, 'role', m.role) order by m.created_at, m.id)
        from personas a join memberships m on m.persona_id = a.id
        where a.profile_id = p.id and a.closed_at is null and m.status = 'active'), '[]') as memberships,
      exists (select from drafts d where d.profile_id = p.id) as "hasDrafts"
    from sessions s join profiles p on p.id = s.profile_id
    where s.id = $1`;

/** Of these sessions, those that are live, with the personas of their profile; the same rule as `readSession`. */
export async function selectLivePersonas(ctx: Ctx, ids: readonly string[]): Promise<{ id: string; personaIds: string[] }[]> {
  const found = await sql<{ id: string; personaIds: string[] }>`
    select s.id, coalesce((select array_agg(a.id order by a.id) from personas a where a.profile_id = p.id and a.closed_at is null), '{}') as "personaIds"
    from sessions s join profiles p on p.id = s.profile_id
    where s.id = any(${[...ids]}) and s.ended_at is null and p.status = 'active' and s.started_at > coalesce(p.sessions_void_before, '-infinity')
      and least(s.expires_at, s.seen_at + s.idle_seconds * interval '1 second') > ${ctx.sessionNow()}
      and (s.staff or not exists (
        select from personas a join memberships m on m.persona_id = a.id where a.profile_id = p.id and m.status = 'active'))`.execute(ctx.db);
  return found.rows;
}

export type SessionToInsert = {
  id: string;
  profileId: string;
  method: string;
  staff: boolean;
  deviceHash: string;
  startedAt: Date;
  expiresAt: Date;
  idleSeconds: number | undefined;
};

export async function insertSession(ctx: Ctx, session: SessionToInsert): Promise<void> {
  await ctx.db
    .insertInto('sessions')
    .values({
      id: session.id,
      profile_id: session.profileId,
      method: session.method,
      staff: session.staff,
      device_hash: session.deviceHash,
      started_at: session.startedAt,
      seen_at: session.startedAt,
      expires_at: session.expiresAt,
      idle_seconds: session.idleSeconds ?? null,
    })
    .execute();
}

export async function updateSessionSeen(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable('sessions').set({ seen_at: ctx.sessionNow() }).where('id', '=', id).where('ended_at', 'is', null).execute();
}

export async function updateSessionEnded(ctx: Ctx, ended: { id: string; reason: EndReason }): Promise<void> {
  await ctx.db
    .updateTable('sessions')
    .set({ ended_at: ctx.sessionNow(), ended_reason: ended.reason })
    .where('id', '=', ended.id)
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends every session of a profile but `except`; tells how many were live. */
export async function updateSessionsEnded(ctx: Ctx, of: { profileId: string; except?: string; reason: EndReason }): Promise<number> {
  const ended = await ctx.db
    .updateTable('sessions')
    .set({ ended_at: ctx.sessionNow(), ended_reason: of.reason })
    .where('profile_id', '=', of.profileId)
    .where('ended_at', 'is', null)
    .$if(of.except !== undefined, (sessions) => sessions.where('id', '!=', of.except ?? ''))
    .executeTakeFirst();
  return Number(ended.numUpdatedRows);
}

/** The live sessions of a profile, newest first; bounded. */
export async function selectLiveSessions(ctx: Ctx, profileId: string) {
  const now = ctx.sessionNow();
  return ctx.db
    .selectFrom('sessions')
    .select(['id', 'method', 'started_at', 'seen_at'])
    .where('profile_id', '=', profileId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where((row) => row.or([row('idle_seconds', 'is', null), row(sql<Date>`seen_at + idle_seconds * interval '1 second'`, '>', row.val(now))]))
    .orderBy('started_at', 'desc')
    .orderBy('id')
    .limit(50)
    .execute();
}

/** Removes at most 1 000 sessions that have been over for 30 days; tells how many. */
export async function deleteOldSessions(ctx: Ctx): Promise<number> {
  const deleted = await sql`
    delete from sessions where id in (
      select id from sessions where expires_at < ${ctx.sessionNow()}::timestamptz - interval '30 days' order by expires_at limit 1000 for update skip locked
    )`.execute(ctx.db);
  return Number(deleted.numAffectedRows ?? 0);
}
