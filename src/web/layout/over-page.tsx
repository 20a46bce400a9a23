import { LinkButton } from '#web/kit/button.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { Layout } from './layout.tsx';
import type { Refused } from './refused.ts';
import { renderPage } from './render.ts';
import type { View } from './view.ts';
import type { WebContext } from './web.ts';

/** What this browser was doing is over, or was done in another tab: why, and where to begin again. */
export function overPage(c: WebContext, fault: Refused): Response {
  return renderPage(c, <OverPage view={c.get('view')} fault={fault} />, fault.status, fault.headers);
}

function OverPage({ view, fault }: { view: View; fault: Refused }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('sign-in.over.title')} current="sign-in" narrow solo>
      <Letter id="recommencer" title={t('sign-in.over.title')}>
        <p role="alert">{fault.text}</p>
        <p>
          <LinkButton view={view} kind="go" href="/ouvrir-une-session">
            {t('sign-in.over.begin')}
          </LinkButton>
        </p>
      </Letter>
    </Layout>
  );
}
