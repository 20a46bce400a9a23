export { acceptInvitation, accessInvitation } from './accept-invitation.ts';
export { type ImportOutcome, importPeople } from './import-people.ts';
export { invitationHours, invitePerson } from './invite-person.ts';
export { listMembers, type Member } from './queries.ts';
export { type SettledPerson, settlePerson } from './settle-person.ts';
export { suspendPerson } from './suspend-person.ts';
