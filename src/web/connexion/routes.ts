import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import type { Web, WebContext } from '#web/layout/web.ts';
import { requireSignedIn } from '#web/session.ts';
import { draftPage } from './addresses.ts';
import { manageRoutes } from './manage/routes.ts';
import { followNotice } from './notices.tsx';
import { leave, mute, showLeave } from './own-acts.tsx';
import { downloadFile, showActivities, showConversation, showList } from './reading.tsx';
import { chooseVersion, discardSaved, placeOf, saveDraft } from './saving.tsx';
import { openEnvelope, parkForm, sendMessage, sendNewConversation, showNewConversation } from './writing.tsx';

/** The pages of confidential conversations, as a sitemap. */
export function connexionRoutes(): Hono<Web> {
  return (
    new Hono<Web>()
      .get('/connexion', requireSignedIn, showList)
      .get('/connexion/nouvelle', requireSignedIn, showNewConversation)
      .post('/connexion/nouvelle', (c) => (c.get('ctx').actor ? sendNewConversation(c) : parkForm(c, 'new')))
      .get('/connexion/:id', requireSignedIn, showConversation)
      .get('/connexion/:id/activites', requireSignedIn, showActivities)
      .get('/connexion/:id/pieces/:attachmentId', (c) => (c.get('ctx').actor ? downloadFile(c) : signInFirst(c)))
      .post('/connexion/:id/messages', (c) => (c.get('ctx').actor ? sendMessage(c) : parkForm(c, placeOf(c))))
      .post('/connexion/:id/messages/:messageId/ouvrir', (c) => (c.get('ctx').actor ? openEnvelope(c) : signInFirst(c)))
      // «nouvelle» is an :id here: the draft of a new conversation has the same three doors.
      .post('/connexion/:id/brouillon', saveDraft)
      .post('/connexion/:id/brouillon/supprimer', (c) => (c.get('ctx').actor ? discardSaved(c) : signInFirst(c)))
      .post('/connexion/:id/brouillon/version', smallForm, (c) => (c.get('ctx').actor ? chooseVersion(c) : signInFirst(c)))
      .get('/connexion/:id/quitter', requireSignedIn, showLeave)
      .post('/connexion/:id/quitter', (c) => (c.get('ctx').actor ? leave(c) : signInFirst(c)))
      .post('/connexion/:id/sourdine', smallForm, (c) => (c.get('ctx').actor ? mute(c) : signInFirst(c)))
      .get('/avis/:jeton', requireSignedIn, followNotice)
      .route('/', manageRoutes())
  );
}

function signInFirst(c: WebContext): Response {
  const place = placeOf(c);
  return c.redirect(`/ouvrir-une-session?retour=${encodeURIComponent(place ? draftPage(place) : '/connexion')}`, 303);
}
