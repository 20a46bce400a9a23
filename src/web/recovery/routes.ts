import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import { storedNowhere } from '#web/layout/stored-nowhere.ts';
import type { Web } from '#web/layout/web.ts';
import type { DoorSettings } from '#web/session.ts';
import { forgottenDoor } from './forgotten.tsx';
import { newPasswordDoor } from './new-password.tsx';

/** A password forgotten: an identifier, the code sent there (`/code`), a new password. Nobody is signed in by it. */
export function recoveryRoutes(settings: DoorSettings): Hono<Web> {
  const forgotten = forgottenDoor(settings);
  const newPassword = newPasswordDoor(settings);
  return new Hono<Web>()
    .get('/mot-de-passe', forgotten.show)
    .post('/mot-de-passe', smallForm, forgotten.submit)
    .get('/mot-de-passe/nouveau', storedNowhere, newPassword.show)
    .post('/mot-de-passe/nouveau', smallForm, storedNowhere, newPassword.submit);
}
