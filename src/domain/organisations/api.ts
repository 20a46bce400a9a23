export { accessAdministration } from './access.ts';
export { addMembership } from './add-membership.ts';
export { createOrganisation, type NewOrganisation } from './create-organisation.ts';
export { type HolderPersona, listHolderPersonas } from './list-holder-personas.ts';
export type { Membership, MembershipStatus, Organisation } from './organisations.ts';
export { forgetPolicy, policyOf } from './policy-of.ts';
export { deleteLogo, findLogo, findLook, listLooks, lockPolicy, type OrganisationLook, updatePolicy, upsertLogo } from './policy-queries.ts';
export {
  findOrganisationBySlug,
  type HeldRole,
  isStaff,
  isStaffElsewhere,
  listActiveCollaborators,
  listEmployers,
  listHoldingRoles,
  listOrganisationNames,
  listOrganisations,
  listOrganisationsById,
  lockOtherAdministrators,
  lockRoles,
} from './queries.ts';
export { setMembershipStatus } from './set-membership-status.ts';
