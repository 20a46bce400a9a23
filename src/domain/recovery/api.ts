export { accessReset } from './access.ts';
export { changePassword, ownsPassword } from './change-password.ts';
export { resetPassword } from './reset-password.ts';
