import { Hono } from 'hono';
import { smallForm } from '#web/layout/form.ts';
import { storedNowhere } from '#web/layout/stored-nowhere.ts';
import type { Web } from '#web/layout/web.ts';
import { showInvitation, submitInvitation } from './invitation.tsx';

/** The way in that `bin/pli init` and `bin/pli person add` print. Any other shape of token is an unknown address. */
export function invitationRoutes(): Hono<Web> {
  const path = '/invitation/:jeton{[\\w-]{43}}';
  return new Hono<Web>().get(path, storedNowhere, showInvitation).post(path, smallForm, storedNowhere, submitInvitation);
}
