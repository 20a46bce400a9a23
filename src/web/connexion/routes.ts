import { Hono } from 'hono';
import { z } from 'zod';
import type { Web, WebContext } from '#web/layout/web.ts';
import { requireSignedIn } from '#web/session.ts';
import { conversationHref } from './addresses.ts';
import { manageRoutes } from './manage/routes.ts';
import { followNotice } from './notices.tsx';
import { downloadFile, showActivities, showConversation, showList } from './reading.tsx';
import { openEnvelope, parkForm, sendMessage, sendNewConversation, showNewConversation } from './writing.tsx';

/** The pages of confidential conversations, as a sitemap. */
export function connexionRoutes(): Hono<Web> {
  return new Hono<Web>()
    .get('/connexion', requireSignedIn, showList)
    .get('/connexion/nouvelle', requireSignedIn, showNewConversation)
    .post('/connexion/nouvelle', (c) => (c.get('ctx').actor ? sendNewConversation(c) : parkForm(c, '/connexion/nouvelle')))
    .get('/connexion/:id', requireSignedIn, showConversation)
    .get('/connexion/:id/activites', requireSignedIn, showActivities)
    .get('/connexion/:id/pieces/:attachmentId', (c) => (c.get('ctx').actor ? downloadFile(c) : signInFirst(c)))
    .post('/connexion/:id/messages', (c) => (c.get('ctx').actor ? sendMessage(c) : parkForm(c, pageOf(c))))
    .post('/connexion/:id/messages/:messageId/ouvrir', (c) => (c.get('ctx').actor ? openEnvelope(c) : signInFirst(c)))
    .get('/avis/:jeton', requireSignedIn, followNotice)
    .route('/', manageRoutes());
}

/** The page a form was on, from an address anybody may write: only ids are taken from it. */
function pageOf(c: WebContext): string {
  const place = z.object({ id: z.uuid(), personaId: z.uuid() }).safeParse({ id: c.req.param('id'), personaId: c.req.query('persona') });
  return place.success ? conversationHref(place.data) : '/connexion';
}

function signInFirst(c: WebContext): Response {
  return c.redirect(`/ouvrir-une-session?retour=${encodeURIComponent(pageOf(c))}`, 303);
}
