import { Hono } from 'hono';
import { createMiddleware } from 'hono/factory';
import { smallForm } from '#web/layout/form.ts';
import type { Web } from '#web/layout/web.ts';
import { requireSignedIn } from '#web/session.ts';
import { showDashboard, showOrganisations } from './dashboard.tsx';
import { exportJournal, showJournal } from './journal.tsx';
import { confirmDelete, grant, invite, reactivate, remove, saveRoles, showMember, showPeople, suspend, transfer } from './people.tsx';
import { dropLogo, logoForm, saveLogo, savePolicy, showPolicy } from './policy.tsx';

const one = '/administration/:slug';
const member = `${one}/collaborateurs/:personaId`;

/** What an organisation's administrators decide about its people and rules. For everybody else none of it exists. */
export function administrationRoutes({ looksChanged }: { looksChanged: () => void }): Hono<Web> {
  // What the frame remembers of the organisation is read again for the next page.
  const frameRefreshed = createMiddleware<Web>(async (_c, next) => {
    await next();
    looksChanged();
  });
  return new Hono<Web>()
    .use('/administration/*', requireSignedIn)
    .get('/administration', requireSignedIn, showOrganisations)
    .get(one, showDashboard)
    .get(`${one}/collaborateurs`, showPeople)
    .post(`${one}/collaborateurs`, smallForm, grant)
    .get(member, showMember)
    .post(`${member}/roles`, smallForm, saveRoles)
    .post(`${member}/suspendre`, smallForm, suspend)
    .post(`${member}/retablir`, smallForm, reactivate)
    .post(`${member}/inviter`, smallForm, invite)
    .post(`${member}/transferer`, smallForm, transfer)
    .get(`${member}/supprimer`, confirmDelete)
    .post(`${member}/supprimer`, smallForm, remove)
    .get(`${one}/politique`, showPolicy)
    .post(`${one}/politique`, smallForm, frameRefreshed, savePolicy)
    .post(`${one}/politique/logo`, logoForm, frameRefreshed, saveLogo)
    .post(`${one}/politique/logo/retirer`, smallForm, frameRefreshed, dropLogo)
    .get(`${one}/journal`, showJournal)
    .get(`${one}/journal.csv`, exportJournal);
}
