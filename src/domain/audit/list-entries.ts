import { atomically, type Ctx, type SignedInCtx } from '#context';
import { accessAdministration } from '#domain/organisations/api.ts';
import { ok, type Result } from '#result';
import type { AuditKind } from './kinds.ts';
import { type AuditEntry, type Cursor, selectEntries } from './queries.ts';
import { recordAudit } from './record-audit.ts';

export const entriesPerPage = 50;
const exportedAtOnce = 1000;

/** Which lines: from an instant to another, of one kind, done by or to one address. Undefined is all. */
export type AuditFilter = { from?: Date | undefined; to?: Date | undefined; kind?: AuditKind | undefined; person?: string | undefined };

export type AuditPage = { rows: AuditEntry[]; older: Cursor | undefined };

/** One page of an organisation's journal, the newest first, from `after` on; undefined for whoever is not its administrator. */
export async function listAuditEntries(
  ctx: SignedInCtx,
  asked: { organisationId: string; filter: AuditFilter; after?: Cursor | undefined },
): Promise<AuditPage | undefined> {
  if (!accessAdministration(ctx, asked.organisationId).ok) return undefined;
  const found = await selectEntries(ctx, { ...asked, limit: entriesPerPage + 1 });
  const rows = found.slice(0, entriesPerPage);
  const last = rows.at(-1);
  return { rows, older: found.length > rows.length && last ? { at: last.at, id: last.id } : undefined };
}

/**
 * The whole of what a filter lets through, a thousand lines at a time, the newest first. That it was exported, and with which filter, is a line
 * of the journal itself, written before the first one leaves. Refuses `organisation.not-found`.
 */
export async function exportAuditEntries(
  ctx: SignedInCtx,
  asked: { organisationId: string; filter: AuditFilter },
): Promise<Result<AsyncGenerator<AuditEntry[]>>> {
  const door = accessAdministration(ctx, asked.organisationId);
  if (!door.ok) return door;
  const { from, to, kind, person } = asked.filter;
  const details = { from: from?.toISOString() ?? null, to: to?.toISOString() ?? null, kind: kind ?? null, person: person ?? null };
  await atomically(ctx, (inside) => recordAudit(inside, { organisationId: asked.organisationId, kind: 'journal.exported', details }));
  return ok(batches(ctx, asked));
}

async function* batches(ctx: Ctx, asked: { organisationId: string; filter: AuditFilter }): AsyncGenerator<AuditEntry[]> {
  for (let after: Cursor | undefined; ; ) {
    const rows = await selectEntries(ctx, { ...asked, after, limit: exportedAtOnce });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < exportedAtOnce || !last) return;
    after = { at: last.at, id: last.id };
  }
}
