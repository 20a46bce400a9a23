import { accessProvenFlow, completeFirstVisit } from '#domain/sign-in/api.ts';
import { readForm } from '#web/layout/form.ts';
import { overPage } from '#web/layout/over-page.tsx';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, visitOf } from '#web/session.ts';
import { FirstVisitPage } from './first-visit-page.tsx';
import { goOn, inbox } from './steps.ts';

/** `/ouvrir-un-compte/profil`: the address is proven, the person says who they are. */
export function firstVisitDoor(settings: DoorSettings) {
  return {
    show: (c: WebContext): Promise<Response> => page(c, settings, { name: '', fault: undefined }),

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const typed = { name: form('nom'), password: form('mot-de-passe') };
      const step = await completeFirstVisit(c.get('ctx'), visitOf(c, settings), typed);
      if (step.ok) return goOn(c, step.value);
      // Sent twice: the first one has opened the account.
      if (step.refusal.code === 'sign-in.start-again' && c.get('ctx').actor) return c.redirect(inbox, 303);
      const field = step.refusal.code.startsWith('person.') ? 'nom' : 'mot-de-passe';
      return page(c, settings, { name: typed.name, fault: refused(c.get('view'), step.refusal, field) });
    },
  };
}

async function page(c: WebContext, settings: DoorSettings, shown: { name: string; fault: Refused | undefined }): Promise<Response> {
  const view = c.get('view');
  const door = await accessProvenFlow(c.get('ctx'), visitOf(c, settings).flow);
  if (!door.ok) return shown.fault ? overPage(c, shown.fault) : c.redirect(c.get('ctx').actor ? inbox : '/ouvrir-une-session', 303);
  return renderPage(c, <FirstVisitPage view={view} flow={door.value} {...shown} />, shown.fault?.status, shown.fault?.headers);
}
