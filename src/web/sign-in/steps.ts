import type { Step } from '#domain/sign-in/api.ts';
import type { WebContext } from '#web/layout/web.ts';
import { keepFlow, startSession } from '#web/session.ts';

/** Where people land who came from nowhere in particular (000-16). */
export const inbox = '/connexion';

const pages = {
  code: '/code',
  password: '/ouvrir-une-session/methode',
  'first-visit': '/ouvrir-un-compte/profil',
  'new-password': '/mot-de-passe/nouveau',
} as const satisfies Record<Exclude<Step['step'], 'signed-in'>, string>;

/** Sends the browser where the step says, with the cookie it needs there. */
export async function goOn(c: WebContext, step: Step): Promise<Response> {
  if (step.step === 'signed-in') {
    await startSession(c, step.session);
    return c.redirect(step.returnTo ?? inbox, 303);
  }
  keepFlow(c, step.flow);
  return c.redirect(pages[step.step], 303);
}
