import type { Ctx } from '#context';

export type NewAuditEntry = {
  organisationId: string;
  kind: string;
  actorProfileId: string | undefined;
  actorAddress: string | undefined;
  subjectAddress: string | undefined;
  details: object;
};

export async function insertAuditEntry(ctx: Ctx, entry: NewAuditEntry): Promise<void> {
  await ctx.db
    .insertInto('audit_entries')
    .values({
      organisation_id: entry.organisationId,
      id: ctx.newId(),
      at: ctx.now(),
      kind: entry.kind,
      actor_profile_id: entry.actorProfileId ?? null,
      actor_address: entry.actorAddress ?? null,
      subject_address: entry.subjectAddress ?? null,
      details: JSON.stringify(entry.details),
    })
    .execute();
}
