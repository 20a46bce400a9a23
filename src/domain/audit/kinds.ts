/** Every act of which the journal keeps a line. A new one gets its sentence in `messages/…/administration.ts`. */
export const auditKinds = [
  'person.granted',
  'person.invited',
  'person.roles-changed',
  'person.suspended',
  'person.reactivated',
  'person.deleted',
  'people.imported',
  'conversations.transfer-begun',
  'conversations.transferred',
  'policy.changed',
  'sign-in.locked',
  'journal.exported',
] as const;
export type AuditKind = (typeof auditKinds)[number];
