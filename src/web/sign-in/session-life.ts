import type { WebContext } from '#web/layout/web.ts';
import { staySignedIn } from '#web/session.ts';

/** How long the session lasts, asked by the page that is about to announce its end: no activity, when asked as a script does (S-15). */
export function showSessionLife(c: WebContext): Response {
  return answer(c, c.get('life'));
}

/** «Rester connecté». */
export async function extendSession(c: WebContext): Promise<Response> {
  return answer(c, c.get('ctx').actor ? await staySignedIn(c) : undefined);
}

/** `{seconds, extendable}`, or 401 once the session is over. */
function answer(c: WebContext, life: { seconds: number; extendable: boolean } | undefined): Response {
  c.header('Cache-Control', 'no-store');
  return life ? c.json(life) : c.body(null, 401);
}
