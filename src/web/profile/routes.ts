import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import type { Web } from '#web/layout/web.ts';
import { type DoorSettings, requireSignedIn } from '#web/session.ts';
import { addressesDoor } from './addresses.tsx';
import { endLeave, saveLeave, showLeave } from './leave.tsx';
import { saveNoticeSettings, showNoticeSettings, showNotices } from './notices.tsx';
import { endOthers, savePassword, saveSettings, showProfile } from './profile.tsx';

/** What a person decides about themselves. */
export function profileRoutes(settings: DoorSettings): Hono<Web> {
  const addresses = addressesDoor(settings);
  return new Hono<Web>()
    .get('/profil', requireSignedIn, showProfile)
    .post('/profil', requireSignedIn, smallForm, saveSettings)
    .post('/profil/mot-de-passe', requireSignedIn, smallForm, savePassword)
    .post('/profil/sessions', requireSignedIn, smallForm, endOthers)
    .get('/profil/avis', requireSignedIn, showNotices)
    .get('/profil/avis/reglages', requireSignedIn, showNoticeSettings)
    .post('/profil/avis/reglages', requireSignedIn, smallForm, saveNoticeSettings)
    .get('/profil/adresses', requireSignedIn, addresses.show)
    .post('/profil/adresses', requireSignedIn, smallForm, addresses.add)
    .get('/profil/adresses/code', requireSignedIn, addresses.showCode)
    .post('/profil/adresses/code', requireSignedIn, smallForm, addresses.confirm)
    .post('/profil/adresses/code/renvoyer', requireSignedIn, smallForm, addresses.resend)
    .get('/profil/adresses/:personaId/retirer', requireSignedIn, addresses.showRemoval)
    .post('/profil/adresses/:personaId/retirer', requireSignedIn, smallForm, addresses.remove)
    .get('/profil/absence', requireSignedIn, showLeave)
    .post('/profil/absence', requireSignedIn, smallForm, saveLeave)
    .post('/profil/absence/:absence/terminer', requireSignedIn, smallForm, endLeave);
}
