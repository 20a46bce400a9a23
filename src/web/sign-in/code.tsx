import { accessFlow, confirmCode, nextCodeAt, requestCode } from '#domain/sign-in/api.ts';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { overPage } from '#web/layout/over-page.tsx';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, visitOf } from '#web/session.ts';
import { CodePage } from './code-page.tsx';
import { goOn, inbox } from './steps.ts';

/** `/code`. */
export function codeDoor(settings: DoorSettings) {
  return {
    show: (c: WebContext): Promise<Response> => page(c, settings, { ownDevice: false, fault: undefined }),

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const ownDevice = form('appareil') !== '';
      const step = await confirmCode(c.get('ctx'), visitOf(c, settings), { code: form('code'), ownDevice });
      if (step.ok) return goOn(c, step.value);
      // Sent twice: the first one has signed in.
      if (step.refusal.code === 'sign-in.code-used' && c.get('ctx').actor) return c.redirect(inbox, 303);
      return page(c, settings, { ownDevice, fault: refused(c.get('view'), step.refusal, 'code') });
    },

    async resend(c: WebContext): Promise<Response> {
      const sent = await requestCode(c.get('ctx'), visitOf(c, settings));
      if (!sent.ok) return page(c, settings, { ownDevice: false, fault: refused(c.get('view'), sent.refusal, 'code') });
      setFlash(c, 'success', 'sign-in.code.sent-again');
      return c.redirect('/code', 303);
    },
  };
}

async function page(c: WebContext, settings: DoorSettings, shown: { ownDevice: boolean; fault: Refused | undefined }): Promise<Response> {
  const ctx = c.get('ctx');
  const visit = visitOf(c, settings);
  const door = await accessFlow(ctx, visit.flow);
  if (!door.ok || !door.value.code) return shown.fault ? overPage(c, shown.fault) : c.redirect(ctx.actor ? inbox : '/ouvrir-une-session', 303);
  const nextAt = await nextCodeAt(ctx, door.value, visit);
  const view = c.get('view');
  return renderPage(c, <CodePage view={view} flow={door.value} nextAt={nextAt} {...shown} />, shown.fault?.status, shown.fault?.headers);
}
