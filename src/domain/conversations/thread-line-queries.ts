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
export type RawThreadLine = { id: string; at: string; kind: ThreadLineKind; address: string | null; subject: string | null; after: number };

/** Of which conversation, for whom, behind which numbers: names of columns or parameters. */
type LinesOf = { organisation: string; conversation: string; persona: string; first: string; last: string };

/** What is read between the messages behind which stand the numbers `first` to `last`: somebody who came without the past reads only what happened since. */
export const linesText = ({ organisation, conversation, persona, first, last }: LinesOf) => `
    select a.id, a.at, a.kind, persona.address, subject.address as subject, a.after_position as after
    from activities a
    join participations reader on reader.organisation_id = a.organisation_id and reader.conversation_id = a.conversation_id and reader.persona_id = ${persona}
    left join personas persona on persona.id = a.persona_id
    left join personas subject on subject.id = a.subject_persona_id
    where a.organisation_id = ${organisation} and a.conversation_id = ${conversation} and a.after_position >= ${first} and a.after_position <= ${last}
      and (a.after_position >= reader.visible_from or a.at >= coalesce(reader.visible_since, reader.added_at))
    order by a.after_position, a.at, a.id
    limit 100`;

export function toThreadLine({ subject, after, ...row }: RawThreadLine): ThreadLineRow {
  return { ...row, at: new Date(row.at), address: row.address ?? undefined, subjectAddress: subject ?? undefined, afterPosition: after };
}
