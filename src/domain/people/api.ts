export { accessOwnProfile } from './access.ts';
export { adoptPersona } from './adopt-persona.ts';
export { createProfile, type NewProfile } from './create-profile.ts';
export { findOrInvitePersona, findOrInvitePersonas } from './invite-persona.ts';
export type { Persona, Profile, Theme } from './people.ts';
export { isTimeZone } from './policy.ts';
export { findPersonaByAddress, getPersonas, listPeople, listPersonas } from './queries.ts';
export { setProfileStatus } from './set-profile-status.ts';
export { updateProfile } from './update-profile.ts';
