import { listAdministered, readCounts } from '#domain/administration/api.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { ChooseOrganisationPage } from './choose-page.tsx';
import { DashboardPage } from './dashboard-page.tsx';
import { administered } from './door.ts';
import { sectionHref } from './places.ts';

/** `/administration`: the one organisation somebody administers, or the choice. */
export async function showOrganisations(c: WebContext): Promise<Response> {
  const organisations = await listAdministered(signedInCtx(c));
  const [first] = organisations;
  if (!first) return notFoundPage(c);
  if (organisations.length === 1) return c.redirect(sectionHref(first, 'dashboard'), 303);
  return renderPage(c, <ChooseOrganisationPage view={c.get('view')} organisations={organisations} />);
}

export const showDashboard = administered(async (c, { organisation, view }) => {
  const counted = await readCounts(signedInCtx(c), organisation.id);
  return renderPage(c, <DashboardPage view={view} organisation={organisation} counted={counted} />);
});
