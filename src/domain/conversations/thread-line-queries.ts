import type { Database } from '#context';
import { run } from '#platform/database/statement.ts';
import type { ThreadLineKind } from './activity-kinds.ts';

export type ThreadLineRow = {
  id: string;
  at: Date;
  kind: ThreadLineKind;
  /** Who did it; undefined is Pli, or its administration. */
  address: string | undefined;
  subjectAddress: string | undefined;
  /** It stands behind the message of this number. */
  afterPosition: number;
};

/** As JSON gives it, beside the messages. */
export type RawThreadLine = { id: string; at: string | Date; kind: ThreadLineKind; address: string | null; subject: string | null; after: number };

/**
 * What is read between the messages behind which stand the numbers $3 to $4, by the persona $5 in the conversation $2 of the organisation $1:
 * somebody who came without the past reads only what happened since.
 */
export const linesText = `
    select a.id, a.at, a.kind, persona.address, subject.address as subject, a.after_position as after
    from activities a
    join participations reader on reader.organisation_id = a.organisation_id and reader.conversation_id = a.conversation_id and reader.persona_id = $5
    left join personas persona on persona.id = a.persona_id
    left join personas subject on subject.id = a.subject_persona_id
    where a.organisation_id = $1 and a.conversation_id = $2 and a.after_position >= $3 and a.after_position <= $4
      and (a.after_position >= reader.visible_from or a.at >= coalesce(reader.visible_since, reader.added_at))
    order by a.after_position, a.at, a.id
    limit 100`;

/** The same, where no message is beside them. */
export async function listThreadLines(db: Database, values: readonly unknown[]): Promise<ThreadLineRow[]> {
  return (await run<RawThreadLine>(db, linesText, [...values])).map(toThreadLine);
}

export function toThreadLine({ subject, after, ...row }: RawThreadLine): ThreadLineRow {
  return { ...row, at: new Date(row.at), address: row.address ?? undefined, subjectAddress: subject ?? undefined, afterPosition: after };
}
