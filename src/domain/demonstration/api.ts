export { loadDemonstrationWorld } from './load-demonstration-world.ts';
export { prepareInstallation } from './prepare-installation.ts';
export { signedInAs } from './signed-in-as.ts';
export { demonstrationPassword, people as demonstrationPeople } from './world/people.ts';
