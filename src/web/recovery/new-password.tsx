import { accessReset, resetPassword } from '#domain/recovery/api.ts';
import { doorLink } from '#web/layout/door-link.ts';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { overPage } from '#web/layout/over-page.tsx';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, endSession, visitOf } from '#web/session.ts';
import { NewPasswordPage } from './new-password-page.tsx';

/** `/mot-de-passe/nouveau`: after it one signs in, and lands where one was going before one forgot. */
export function newPasswordDoor(settings: DoorSettings) {
  return {
    show: (c: WebContext): Promise<Response> => page(c, settings, undefined),

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const reset = await resetPassword(c.get('ctx'), visitOf(c, settings), { password: form('mot-de-passe') });
      if (!reset.ok) return page(c, settings, refused(c.get('view'), reset.refusal, 'mot-de-passe'));
      await endSession(c);
      setFlash(c, 'success', 'recovery.done');
      return c.redirect(doorLink('/ouvrir-une-session', reset.value.returnTo), 303);
    },
  };
}

async function page(c: WebContext, settings: DoorSettings, fault: Refused | undefined): Promise<Response> {
  const door = await accessReset(c.get('ctx'), visitOf(c, settings).flow);
  if (!door.ok) return fault ? overPage(c, fault) : c.redirect('/mot-de-passe', 303);
  return renderPage(c, <NewPasswordPage view={c.get('view')} address={door.value.flow.address} fault={fault} />, fault?.status, fault?.headers);
}
