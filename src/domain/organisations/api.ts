export { accessAdministration } from './access.ts';
export { addMembership } from './add-membership.ts';
export { createOrganisation, type NewOrganisation } from './create-organisation.ts';
export { type HolderPersona, listHolderPersonas } from './list-holder-personas.ts';
export type { Membership, Organisation } from './organisations.ts';
export {
  findOrganisationBySlug,
  isStaff,
  listActiveCollaborators,
  listOrganisationNames,
  listOrganisations,
} from './queries.ts';
export { setMembershipStatus } from './set-membership-status.ts';
