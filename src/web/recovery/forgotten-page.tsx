import { IdentifierForm } from '#web/kit/identifier-form.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { doorLink } from '#web/layout/door-link.ts';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { Steps } from './steps.tsx';

type ForgottenPageProps = { view: View; typed: string; returnTo: string | undefined; fault: Refused | undefined };

/** Whose password is to be reset. */
export function ForgottenPage({ view, typed, returnTo, fault }: ForgottenPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('recovery.title')} current="sign-in" narrow solo>
      <Steps view={view} current="identifier" />
      <Letter id="reinitialiser" title={t('recovery.title')}>
        <p>{t('recovery.lead')}</p>
        <IdentifierForm view={view} action="/mot-de-passe" hint={t('sign-in.identifier.hint')} typed={typed} returnTo={returnTo} fault={fault} />
        <p class="row small">
          <a class="lk" href={doorLink('/ouvrir-une-session', returnTo)}>
            {t('recovery.remember')}
          </a>
        </p>
      </Letter>
    </Layout>
  );
}
