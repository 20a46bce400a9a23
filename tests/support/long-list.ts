import { sql } from 'kysely';
import type { Database } from '#context';
import type { Day, Keyring } from '#platform/keys/keyring.ts';
import { newDataKey, sealBytes } from '#platform/keys/seal.ts';

type LongList = {
  organisationId: string;
  personaId: string;
  holderPersonaId: string;
  conversations: number;
  /** Which lines, counted from the newest, which is 0, have a title sealed for a day of this keyring; the others have none. */
  titled?: { keys: Keyring; lines(rank: number): boolean };
  /** The instant of the newest line. */
  newest: Date;
};

const dayMs = 86_400_000;
/** A prime: the rows of neighbouring lines lie far apart. */
const stride = 7919;

/**
 * A persona's conversations by the thousand, one message each, as the verbs would have left them, in a few statements. Rows lie in an order
 * that is not the list's: nothing is read together by luck.
 */
export async function fillLongList(db: Database, list: LongList): Promise<void> {
  const { organisationId, personaId, holderPersonaId, conversations, newest } = list;
  const expiresAt = new Date(newest.getTime() + 300 * dayMs);
  const keyDay: Day = expiresAt.toISOString().slice(0, 10);
  const rows = await Promise.all(Array.from({ length: conversations }, (_, n) => line(list, { keyDay, rank: (n * stride) % conversations })));
  const column = (name: keyof Line) => rows.map((row) => row[name]);
  const activeAt = sql`${newest}::timestamptz - rank * interval '1 minute'`;
  await sql`insert into conversations
      (organisation_id, id, holder_persona_id, title, wrapped_key, key_day, last_expires_at, message_count, last_activity_at, created_at)
    select ${organisationId}::uuid, id, ${holderPersonaId}::uuid, title, wrapped, ${keyDay}::date, ${expiresAt}::timestamptz, 1, ${activeAt}, ${activeAt}
    from unnest(${column('id')}::uuid[], ${column('title')}::bytea[], ${column('wrapped')}::bytea[], ${column('rank')}::integer[]) as given (id, title, wrapped, rank)`.execute(
    db,
  );
  const own = sql`from conversations c where c.id = any(${column('id')}::uuid[])`;
  for (const who of [personaId, holderPersonaId]) {
    const role = who === holderPersonaId ? 'holder' : 'participant';
    await sql`insert into participations (organisation_id, conversation_id, persona_id, role, added_at)
      select c.organisation_id, c.id, ${who}::uuid, ${role}, c.created_at ${own}`.execute(db);
    await sql`insert into inboxes (persona_id, conversation_id, organisation_id, last_activity_at, displayed_at)
      select ${who}::uuid, c.id, c.organisation_id, c.last_activity_at, c.last_activity_at ${own}`.execute(db);
    await sql`insert into inbox_totals (persona_id, conversations) values (${who}::uuid, ${conversations})
      on conflict (persona_id) do update set conversations = inbox_totals.conversations + excluded.conversations`.execute(db);
  }
}

type Line = { id: string; rank: number; title: Buffer | null; wrapped: Buffer | null };

async function line({ titled }: LongList, { keyDay, rank }: { keyDay: Day; rank: number }): Promise<Line> {
  const id = crypto.randomUUID();
  if (!titled?.lines(rank)) return { id, rank, title: null, wrapped: null };
  const key = newDataKey();
  const wrapped = await titled.keys.wrap(keyDay, key, `conversation:${id}`);
  return { id, rank, wrapped, title: sealBytes(key, Buffer.from(`Dossier ${rank + 1}`), `conversation:${id}:title`) };
}
