import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import { storedNowhere } from '#web/layout/stored-nowhere.ts';
import type { Web } from '#web/layout/web.ts';
import type { DoorSettings } from '#web/session.ts';
import { codeDoor } from './code.tsx';
import { firstVisitDoor } from './first-visit.tsx';
import { identifierDoor } from './identifier.tsx';
import { methodDoor } from './method.tsx';
import { openAccountDoor } from './open-account.tsx';
import { extendSession, showSessionLife } from './session-life.ts';
import { signOut } from './sign-out.ts';

/** From «Continuer» to a session. Every GET only shows (S-07); what counts is posted. */
export function signInRoutes(settings: DoorSettings): Hono<Web> {
  const identifier = identifierDoor(settings);
  const method = methodDoor(settings);
  const code = codeDoor(settings);
  const account = openAccountDoor(settings);
  const firstVisit = firstVisitDoor(settings);
  return new Hono<Web>()
    .get('/ouvrir-une-session', identifier.show)
    .post('/ouvrir-une-session', smallForm, identifier.submit)
    .get('/ouvrir-une-session/methode', storedNowhere, method.show)
    .post('/ouvrir-une-session/methode', smallForm, storedNowhere, method.submit)
    .get('/code', storedNowhere, code.show)
    .post('/code', smallForm, storedNowhere, code.submit)
    .post('/code/renvoyer', smallForm, storedNowhere, code.resend)
    .get('/ouvrir-un-compte', account.show)
    .post('/ouvrir-un-compte', smallForm, account.submit)
    .get('/ouvrir-un-compte/profil', storedNowhere, firstVisit.show)
    .post('/ouvrir-un-compte/profil', smallForm, storedNowhere, firstVisit.submit)
    .get('/session', showSessionLife)
    .post('/session', smallForm, extendSession)
    .post('/deconnexion', smallForm, signOut);
}
