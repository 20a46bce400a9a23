import { setFlash } from '#web/layout/flash.ts';
import type { WebContext } from '#web/layout/web.ts';
import { endSession } from '#web/session.ts';

/** `POST /deconnexion`. Harmless for somebody already out. */
export async function signOut(c: WebContext): Promise<Response> {
  await endSession(c);
  setFlash(c, 'info', 'sign-in.signed-out');
  return c.redirect('/', 303);
}
