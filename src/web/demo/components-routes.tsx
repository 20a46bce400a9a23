import { Hono } from 'hono';
import { setFlash } from '#web/layout/flash.ts';
import { renderPage } from '#web/layout/render.ts';
import type { Web } from '#web/layout/web.ts';
import { ComponentsPage } from './components/components-page.tsx';

/** `/demo/composants`. Its forms lead back to it: nothing of what they hold is read. */
export function componentRoutes(): Hono<Web> {
  return new Hono<Web>()
    .get('/demo/composants', (c) => renderPage(c, <ComponentsPage view={c.get('view')} />))
    .post('/demo/composants', (c) => {
      setFlash(c, 'info', 'components.nothing-sent');
      return c.redirect('/demo/composants', 303);
    });
}
