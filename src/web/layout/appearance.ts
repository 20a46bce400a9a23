import { Hono } from 'hono';
import { safeReturnPath } from '#shared/return-path.ts';
import { keepPreference } from './cookies.ts';
import { smallForm } from './form.ts';
import { type Theme, themes } from './view.ts';
import type { Web, WebContext } from './web.ts';

const year = 365 * 24 * 3600;

/** `POST /apparence`: keeps light, dark or the machine's own choice in this browser, and goes back to the page one was on. */
export function appearanceRoutes(): Hono<Web> {
  return new Hono<Web>().post('/apparence', smallForm, async (c) => {
    const form = await c.req.parseBody();
    const theme = themes.find((one) => one === form.theme);
    if (theme) keepTheme(c, theme);
    return c.redirect(safeReturnPath(typeof form.retour === 'string' ? form.retour : undefined) ?? '/', 303);
  });
}

export function keepTheme(c: WebContext, theme: Theme): void {
  keepPreference(c, 'apparence', theme, { https: c.get('view').origin.startsWith('https:'), maxAge: year });
}
