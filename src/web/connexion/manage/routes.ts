import { type Handler, Hono } from 'hono';
import { z } from 'zod';
import { smallForm } from '#web/layout/form.ts';
import type { Web, WebContext } from '#web/layout/web.ts';
import { requireSignedIn } from '#web/session.ts';
import { manageHref } from '../addresses.ts';
import {
  sendCancelling,
  sendClosing,
  sendExpiry,
  sendHandOver,
  sendLifetime,
  sendPast,
  sendReminder,
  sendReopening,
  sendSchedule,
  sendTakeOver,
  sendTitle,
} from './life-acts.ts';
import { showManage, showPerson } from './managing.tsx';
import { sendMessageExpiry, sendWithdrawal, showMessage } from './message-acts.tsx';
import { sendCorrection, sendNewPeople, sendNoticeAgain, sendRemoval, sendRole } from './people-acts.ts';

const person = '/connexion/:id/gestion/personnes/:personne';
const message = '/connexion/:id/gestion/messages/:messageId';

/** «Gérer la conversation»: one page of sections, and an address for each act. Each is a form sent, then the page again. */
export function manageRoutes(): Hono<Web> {
  return new Hono<Web>()
    .get('/connexion/:id/gestion', requireSignedIn, showManage)
    .post('/connexion/:id/gestion/personnes', signedIn(sendNewPeople))
    .get(person, requireSignedIn, showPerson)
    .post(`${person}/retirer`, signedIn(sendRemoval))
    .post(`${person}/adresse`, signedIn(sendCorrection))
    .post(`${person}/avis`, signedIn(sendNoticeAgain))
    .post(`${person}/role`, smallForm, signedIn(sendRole))
    .post('/connexion/:id/gestion/titre', smallForm, signedIn(sendTitle))
    .post('/connexion/:id/gestion/clore', smallForm, signedIn(sendClosing))
    .post('/connexion/:id/gestion/rouvrir', smallForm, signedIn(sendReopening))
    .post('/connexion/:id/gestion/expiration', smallForm, signedIn(sendExpiry))
    .post('/connexion/:id/gestion/duree', smallForm, signedIn(sendLifetime))
    .post('/connexion/:id/gestion/relancer', smallForm, signedIn(sendReminder))
    .post('/connexion/:id/gestion/relances', smallForm, signedIn(sendSchedule))
    .post('/connexion/:id/gestion/relances/:relance/annuler', smallForm, signedIn(sendCancelling))
    .post('/connexion/:id/gestion/transferer', smallForm, signedIn(sendHandOver))
    .post('/connexion/:id/gestion/passe', smallForm, signedIn(sendPast))
    .post('/connexion/:id/gestion/reprendre', smallForm, signedIn(sendTakeOver))
    .get(message, requireSignedIn, showMessage)
    .post(`${message}/retirer`, smallForm, signedIn(sendWithdrawal))
    .post(`${message}/expiration`, smallForm, signedIn(sendMessageExpiry));
}

/** An act of a session that ended is not done; after signing in, the page is there to do it again. */
function signedIn(act: (c: WebContext) => Promise<Response>): Handler<Web> {
  return (c) => (c.get('ctx').actor ? act(c) : c.redirect(`/ouvrir-une-session?retour=${encodeURIComponent(managePageOf(c))}`, 303));
}

/** The page a form was on, from an address anybody may write: only ids are taken from it. */
function managePageOf(c: WebContext): string {
  const place = z.object({ id: z.uuid(), personaId: z.uuid() }).safeParse({ id: c.req.param('id'), personaId: c.req.query('persona') });
  return place.success ? manageHref(place.data) : '/connexion';
}
