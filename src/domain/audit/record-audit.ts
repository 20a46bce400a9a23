import type { Ctx } from '#context';
import type { AuditKind } from './kinds.ts';
import { insertAuditEntry } from './queries.ts';

/** Settings, counts, roles: what was before and after. Never a title, a text or the name of a file. */
export type AuditDetails = { readonly [name: string]: string | number | boolean | null | readonly string[] | AuditDetails };

export type AuditRecord = {
  organisationId: string;
  kind: AuditKind;
  /** Whom or what it was done to; the address as text outlives the account. */
  subject?: { address?: string | undefined; [id: string]: string | undefined };
  details?: AuditDetails;
};

/**
 * Adds a line to the organisation's journal, in the caller's transaction: who, what, when. Nothing ever changes or removes one.
 * The actor of `ctx` is written with the address under which they administer the organisation, else their first.
 */
export async function recordAudit(ctx: Ctx, { organisationId, kind, subject: { address, ...ids } = {}, details = {} }: AuditRecord): Promise<void> {
  const { actor } = ctx;
  const held = actor?.memberships.find((membership) => membership.organisationId === organisationId);
  const persona = actor?.personas.find(({ id }) => id === held?.personaId) ?? actor?.personas[0];
  await insertAuditEntry(ctx, {
    organisationId,
    kind,
    actorProfileId: actor?.profileId,
    actorAddress: persona?.address,
    subjectAddress: address,
    details: { ...ids, ...details },
  });
}
