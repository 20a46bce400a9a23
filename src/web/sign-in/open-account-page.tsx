import { IdentifierForm } from '#web/kit/identifier-form.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { doorLink } from '#web/layout/door-link.ts';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

type OpenAccountPageProps = { view: View; typed: string; returnTo: string | undefined; fault: Refused | undefined };

/** «Ouvrir un compte», with its directions on screen (000-15). */
export function OpenAccountPage({ view, typed, returnTo, fault }: OpenAccountPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('sign-in.account.title')} current="sign-in" narrow solo>
      <Letter id="compte" title={t('sign-in.account.title')}>
        <p>{t('sign-in.account.steps')}</p>
        <ol class="plainsteps">
          <li>{t('sign-in.account.step.address')}</li>
          <li>{t('sign-in.account.step.code')}</li>
          <li>{t('sign-in.account.step.name')}</li>
        </ol>
        <IdentifierForm view={view} action="/ouvrir-un-compte" hint={t('sign-in.account.hint')} typed={typed} returnTo={returnTo} fault={fault} />
        <p class="row small">
          <a class="lk" href={doorLink('/ouvrir-une-session', returnTo)}>
            {t('sign-in.account.have-one')}
          </a>
        </p>
      </Letter>
    </Layout>
  );
}
