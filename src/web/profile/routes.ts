import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import type { Web } from '#web/layout/web.ts';
import { requireSignedIn } from '#web/session.ts';
import { endLeave, saveLeave, showLeave } from './leave.tsx';
import { endOthers, savePassword, saveSettings, showProfile } from './profile.tsx';

/** What a person decides about themselves. */
export function profileRoutes(): Hono<Web> {
  return new Hono<Web>()
    .get('/profil', requireSignedIn, showProfile)
    .post('/profil', requireSignedIn, smallForm, saveSettings)
    .post('/profil/mot-de-passe', requireSignedIn, smallForm, savePassword)
    .post('/profil/sessions', requireSignedIn, smallForm, endOthers)
    .get('/profil/absence', requireSignedIn, showLeave)
    .post('/profil/absence', requireSignedIn, smallForm, saveLeave)
    .post('/profil/absence/:absence/terminer', requireSignedIn, smallForm, endLeave);
}
