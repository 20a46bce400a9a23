export { accessReset } from './access.ts';
export { changePassword } from './change-password.ts';
export { resetPassword } from './reset-password.ts';
