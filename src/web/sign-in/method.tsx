import { accessFlow, ensureCode, signInWithPassword } from '#domain/sign-in/api.ts';
import { readForm } from '#web/layout/form.ts';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, visitOf } from '#web/session.ts';
import { type Method, MethodPage } from './method-page.tsx';
import { goOn, inbox } from './steps.ts';

/** `/ouvrir-une-session/methode`. */
export function methodDoor(settings: DoorSettings) {
  return {
    show: (c: WebContext): Promise<Response> => page(c, settings, { method: 'password', fault: undefined }),

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      return form('methode') === 'code' ? sendCode(c, settings) : tryPassword(c, settings, form('mot-de-passe'));
    },
  };
}

async function sendCode(c: WebContext, settings: DoorSettings): Promise<Response> {
  const sent = await ensureCode(c.get('ctx'), visitOf(c, settings));
  if (sent.ok) return c.redirect('/code', 303);
  return page(c, settings, { method: 'code', fault: refused(c.get('view'), sent.refusal, 'methode') });
}

async function tryPassword(c: WebContext, settings: DoorSettings, password: string): Promise<Response> {
  const step = await signInWithPassword(c.get('ctx'), visitOf(c, settings), { password });
  if (step.ok) return goOn(c, step.value);
  return page(c, settings, { method: 'password', fault: refused(c.get('view'), step.refusal, 'mot-de-passe') });
}

async function page(c: WebContext, settings: DoorSettings, shown: { method: Method; fault: Refused | undefined }): Promise<Response> {
  const door = await accessFlow(c.get('ctx'), visitOf(c, settings).flow);
  // Over, or never begun here. Sent twice, the first has signed in.
  if (!door.ok) return c.redirect(c.get('ctx').actor ? inbox : '/ouvrir-une-session', 303);
  return renderPage(c, <MethodPage view={c.get('view')} flow={door.value} {...shown} />, shown.fault?.status, shown.fault?.headers);
}
