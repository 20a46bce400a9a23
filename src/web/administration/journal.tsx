import { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { type AuditEntry, type AuditFilter, auditKinds, type Cursor, exportAuditEntries, listAuditEntries } from '#domain/audit/api.ts';
import { csvLine } from '#shared/csv-line.ts';
import { startOfDay } from '#shared/expiry.ts';
import { addressSchema } from '#shared/people.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { renderPage } from '#web/layout/render.ts';
import { filePolicy } from '#web/layout/security-headers.ts';
import type { View } from '#web/layout/view.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { administered } from './door.ts';
import { csvCells } from './journal-lines.ts';
import { JournalPage } from './journal-page.tsx';
import type { JournalQuery } from './places.ts';

export const showJournal = administered(async (c, { organisation, view }) => {
  const asked = queryOf(c);
  const after = cursorOf(c.req.query('avant'));
  const page = await listAuditEntries(signedInCtx(c), { organisationId: organisation.id, filter: filterOf(asked, view.zone), after });
  if (!page) return notFoundPage(c);
  const older = page.older && `${page.older.at.toISOString()}_${page.older.id}`;
  return renderPage(c, <JournalPage view={view} organisation={organisation} asked={asked} rows={page.rows} older={older} newest={after === undefined} />);
});

/** The journal as a file for a spreadsheet, sent as it is read; that it was taken is a line of it. */
export const exportJournal = administered(async (c, { organisation, view }) => {
  const filter = filterOf(queryOf(c), view.zone);
  const exported = await exportAuditEntries(signedInCtx(c), { organisationId: organisation.id, filter });
  if (!exported.ok) return notFoundPage(c);
  const name = `journal-${organisation.slug}-${view.now.toISOString().slice(0, 10)}.csv`;
  c.header('Content-Type', 'text/csv; charset=utf-8');
  c.header('Content-Disposition', `attachment; filename="${name}"`);
  c.header('Cache-Control', 'no-store');
  c.header('Content-Security-Policy', filePolicy);
  // Node and the DOM declare the same stream twice.
  return c.body(ReadableStream.from(csvOf(view, exported.value)) as unknown as globalThis.ReadableStream);
});

/** A spreadsheet knows UTF-8 by the mark at its beginning. */
async function* csvOf({ t }: View, batches: AsyncGenerator<AuditEntry[]>): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder();
  const head = (['date', 'act', 'actor', 'subject', 'details'] as const).map((column) => t(`administration.journal.${column}`));
  yield bytes.encode(`\uFEFF${csvLine(head)}`);
  for await (const rows of batches) yield bytes.encode(rows.map((row) => csvLine(csvCells(row))).join(''));
}

function queryOf(c: WebContext): JournalQuery {
  // A character that no database text holds, or half of one, is nobody's.
  const text = (name: string) => c.req.query(name)?.replaceAll('\0', '').toWellFormed().trim().slice(0, 254) ?? '';
  return { du: text('du'), au: text('au'), acte: text('acte'), personne: text('personne') };
}

/** What cannot be read filters nothing out: the page shows what was typed, and everything. */
function filterOf({ du, au, acte, personne }: JournalQuery, zone: string): AuditFilter {
  const instant = (day: string, later = 0) => (z.iso.date().safeParse(day).success ? startOfDay(day, zone, later) : undefined);
  const address = addressSchema.safeParse(personne);
  return {
    from: instant(du),
    to: instant(au, 1),
    kind: auditKinds.find((kind) => kind === acte),
    person: personne === '' ? undefined : address.success ? address.data : personne,
  };
}

function cursorOf(typed: string | undefined): Cursor | undefined {
  const [at = '', id = ''] = typed?.split('_') ?? [];
  const instant = new Date(at);
  const known = z.uuid().safeParse(id).success && z.iso.datetime().safeParse(at).success;
  return known ? { at: instant, id } : undefined;
}
