import { beginSignIn } from '#domain/sign-in/api.ts';
import { safeReturnPath } from '#shared/return-path.ts';
import { readForm } from '#web/layout/form.ts';
import { refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, keepFlow, visitOf } from '#web/session.ts';
import { IdentifierPage } from './identifier-page.tsx';

/** `/ouvrir-une-session`. */
export function identifierDoor(settings: DoorSettings) {
  return {
    show(c: WebContext): Response {
      const returnTo = safeReturnPath(c.req.query('retour'));
      const ended = ({ '0': 'lost', '1': 'kept', '2': 'suspended' } as const)[c.req.query('fin') ?? ''];
      return renderPage(c, <IdentifierPage view={c.get('view')} typed="" returnTo={returnTo} ended={ended} fault={undefined} />);
    },

    async submit(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const typed = form('identifiant');
      const returnTo = safeReturnPath(form('retour'));
      const begun = await beginSignIn(c.get('ctx'), { identifier: typed, purpose: 'sign-in', returnTo, visit: visitOf(c, settings) });
      if (begun.ok) {
        keepFlow(c, begun.value.flow);
        return c.redirect('/ouvrir-une-session/methode', 303);
      }
      const fault = refused(c.get('view'), begun.refusal, 'identifiant');
      const page = <IdentifierPage view={c.get('view')} typed={typed} returnTo={returnTo} ended={undefined} fault={fault} />;
      return renderPage(c, page, fault.status, fault.headers);
    },
  };
}
