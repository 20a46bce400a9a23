import { accessAdministered } from '#domain/administration/api.ts';
import type { Organisation } from '#domain/organisations/api.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import type { View } from '#web/layout/view.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';

/** An organisation and the view of its pages: times in the reader's zone, else in the organisation's. */
export type Administered = { organisation: Organisation; view: View };

/** A page of an organisation's administrators; for everybody else it does not exist. */
export function administered(handler: (c: WebContext, at: Administered) => Promise<Response> | Response) {
  return async (c: WebContext): Promise<Response> => {
    const organisation = await accessAdministered(signedInCtx(c), c.req.param('slug') ?? '');
    if (!organisation) return notFoundPage(c);
    const view = c.get('view');
    return handler(c, { organisation, view: { ...view, zone: view.actor?.timeZone ?? organisation.timeZone } });
  };
}
