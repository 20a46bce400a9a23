export { type AuditKind, auditKinds } from './kinds.ts';
export { type AuditDetails, type AuditRecord, recordAudit } from './record-audit.ts';
