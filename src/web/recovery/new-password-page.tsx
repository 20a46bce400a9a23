import { Address } from '#web/kit/address.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { NewPasswordForm } from '#web/kit/new-password-form.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { Steps } from './steps.tsx';

/** The new password, once the code has come back. */
export function NewPasswordPage({ view, address, fault }: { view: View; address: string; fault: Refused | undefined }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('recovery.new.title')} current="sign-in" narrow solo>
      <Steps view={view} current="password" />
      <Letter id="nouveau-mot-de-passe" title={t('recovery.new.title')}>
        <p>
          {t.rich('recovery.new.lead', {
            address: (
              <b>
                <Address address={address} />
              </b>
            ),
          })}
        </p>
        <NewPasswordForm view={view} action="/mot-de-passe/nouveau" address={address} label={t('recovery.new.label')} fault={fault} />
      </Letter>
    </Layout>
  );
}
