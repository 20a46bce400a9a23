import type { Actor } from '#context';

/** Pli itself (administration by command line, the demonstration) may; of people, only an administrator of that organisation. */
export function canAdminister(actor: Actor | undefined, organisationId: string): boolean {
  if (!actor) return true;
  return actor.memberships.some((held) => held.organisationId === organisationId && held.role === 'administrator');
}
