import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { NewPasswordField } from '#web/kit/new-password-field.tsx';
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
        <form class="stack" method="post" action="/mot-de-passe/nouveau" novalidate>
          {fault && <ErrorSummary view={view} errors={[fault]} />}
          <input type="text" name="identifiant" value={address} autocomplete="username" readonly hidden tabindex={-1} />
          <NewPasswordField view={view} id="mot-de-passe" label={t('recovery.new.label')} error={fault?.text} />
          <Button view={view} kind="go" wide>
            {t('sign-in.continue')}
          </Button>
        </form>
      </Letter>
    </Layout>
  );
}
