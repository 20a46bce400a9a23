import { Hono } from 'hono';
import type { Web } from '#web/layout/web.ts';
import { requireSignedIn } from '#web/session.ts';
import { showManage } from './managing.tsx';

/** «Gérer la conversation»: one page of sections, and an address for each act. Each is a form sent, then the page again. */
export function manageRoutes(): Hono<Web> {
  return new Hono<Web>().get('/connexion/:id/gestion', requireSignedIn, showManage);
}
