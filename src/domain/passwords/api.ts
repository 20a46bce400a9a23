export { judgePassword } from './judge-password.ts';
export { hasPassword, storePassword } from './queries.ts';
export { savePassword } from './save-password.ts';
export { verifyPassword } from './verify-password.ts';
