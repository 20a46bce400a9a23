export { accessOwnProfile } from './access.ts';
export { adoptPersona } from './adopt-persona.ts';
export { createProfile, type NewProfile } from './create-profile.ts';
export { findOrInvitePersona } from './invite-persona.ts';
export { findPersonaByAddress, getPersonas, listPersonas, listPeople } from './queries.ts';
export type { Persona, Profile, Theme } from './people.ts';
export { setProfileStatus } from './set-profile-status.ts';
export { updateProfile } from './update-profile.ts';
