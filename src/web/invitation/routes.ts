import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import type { Web } from '#web/layout/web.ts';
import { showInvitation, submitInvitation } from './invitation.tsx';

/** The way in that `bin/pli init` and `bin/pli person add` print. Any other shape of token is an unknown address. */
export function invitationRoutes(): Hono<Web> {
  return new Hono<Web>().get('/invitation/:jeton{[\\w-]{43}}', showInvitation).post('/invitation/:jeton{[\\w-]{43}}', smallForm, submitInvitation);
}
