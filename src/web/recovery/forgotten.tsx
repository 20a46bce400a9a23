import { beginWithCode } from '#domain/sign-in/api.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { readForm } from '#web/layout/form.ts';
import { refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, keepFlow, visitOf } from '#web/session.ts';
import { ForgottenPage } from './forgotten-page.tsx';

/** `/mot-de-passe`: known and unknown get a code; what is behind it is said only to the one who types it. */
export function forgottenDoor(settings: DoorSettings) {
  return {
    show(c: WebContext): Response {
      return renderPage(c, <ForgottenPage view={c.get('view')} typed="" returnTo={safeReturnPath(c.req.query('retour'))} fault={undefined} />);
    },

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const typed = form('identifiant');
      const returnTo = safeReturnPath(form('retour'));
      const begun = await beginWithCode(c.get('ctx'), visitOf(c, settings), { identifier: typed, purpose: 'reset', returnTo });
      if (begun.ok) {
        keepFlow(c, begun.value.flow);
        return c.redirect('/code', 303);
      }
      const fault = refused(c.get('view'), begun.refusal, 'identifiant');
      const page = <ForgottenPage view={c.get('view')} typed={typed} returnTo={returnTo} fault={fault} />;
      return renderPage(c, page, fault.status, fault.headers);
    },
  };
}
