export { judgePassword } from './judge-password.ts';
export { makeSecret } from './make-secret.ts';
export { hasPassword, storePassword } from './queries.ts';
export { savePassword } from './save-password.ts';
export { unlessBusy } from './unless-busy.ts';
export { verifyPassword } from './verify-password.ts';
