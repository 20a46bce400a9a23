export { destroyDueKeys } from './destroy-due-keys.ts';
