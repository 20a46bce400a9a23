import { beginWithCode } from '#domain/sign-in/api.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { readForm } from '#web/layout/form.ts';
import { refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, keepFlow, visitOf } from '#web/session.ts';
import { OpenAccountPage } from './open-account-page.tsx';

/** `/ouvrir-un-compte`: an address, then the code sent there. To an address that has an account, the same code signs in. */
export function openAccountDoor(settings: DoorSettings) {
  return {
    show(c: WebContext): Response {
      return renderPage(c, <OpenAccountPage view={c.get('view')} typed="" returnTo={safeReturnPath(c.req.query('retour'))} fault={undefined} />);
    },

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const typed = form('identifiant');
      const returnTo = safeReturnPath(form('retour'));
      const begun = await beginWithCode(c.get('ctx'), visitOf(c, settings), { identifier: typed, purpose: 'sign-up', returnTo });
      if (begun.ok) {
        keepFlow(c, begun.value.flow);
        return c.redirect('/code', 303);
      }
      const fault = refused(c.get('view'), begun.refusal, 'identifiant');
      const page = <OpenAccountPage view={c.get('view')} typed={typed} returnTo={returnTo} fault={fault} />;
      return renderPage(c, page, fault.status, fault.headers);
    },
  };
}
