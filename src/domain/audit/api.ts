export { type AuditKind, auditKinds } from './kinds.ts';
export { type AuditFilter, type AuditPage, exportAuditEntries, listAuditEntries } from './list-entries.ts';
export type { AuditEntry, Cursor } from './queries.ts';
export { type AuditDetails, type AuditRecord, recordAudit } from './record-audit.ts';
export { recordLocked } from './record-locked.ts';
