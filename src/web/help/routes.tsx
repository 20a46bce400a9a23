import { Hono } from 'hono';
import type { JSX } from '#jsx/jsx-runtime';
import { renderPage } from '#web/layout/render.ts';
import type { View } from '#web/layout/view.ts';
import type { Web, WebContext } from '#web/layout/web.ts';
import { AccessibilityPage } from './accessibility-page.tsx';
import { ConnexionPage } from './connexion-page.tsx';
import { HelpPage } from './help-page.tsx';
import { PrivacyPage } from './privacy-page.tsx';

/** Pages anybody may read, signed in or not (000-57). */
export function helpRoutes(): Hono<Web> {
  return new Hono<Web>()
    .get('/aide', show(HelpPage))
    .get('/aide/connexion', show(ConnexionPage))
    .get('/confidentialite', show(PrivacyPage))
    .get('/accessibilite', show(AccessibilityPage));
}

function show(Page: (props: { view: View }) => JSX.Element) {
  return (c: WebContext) => renderPage(c, <Page view={c.get('view')} />);
}
