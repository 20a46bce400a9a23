import { Hono } from 'hono';
import { renderPage } from '#web/layout/render.ts';
import type { Web } from '#web/layout/web.ts';
import { FrontDoorPage } from './front-door-page.tsx';

/** `/`: the front door. Somebody who is signed in has nothing to choose there. */
export function frontDoorRoutes(): Hono<Web> {
  return new Hono<Web>().get('/', (c) => {
    const view = c.get('view');
    return view.actor ? c.redirect('/connexion', 303) : renderPage(c, <FrontDoorPage view={view} />);
  });
}
