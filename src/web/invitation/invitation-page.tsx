import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { NewPasswordField } from '#web/kit/new-password-field.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

type InvitationPageProps = { view: View; token: string; name: string; address: string; fault: Refused | undefined };

/** The password that somebody invited chooses. */
export function InvitationPage({ view, token, name, address, fault }: InvitationPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('invitation.title', { name })} current="sign-in" narrow solo>
      <Letter id="invitation" title={t('invitation.title', { name })}>
        <p>
          {t.rich('invitation.lead', {
            address: (
              <b>
                <Address address={address} />
              </b>
            ),
          })}
        </p>
        <form class="stack" method="post" action={`/invitation/${token}`} novalidate>
          {fault && <ErrorSummary view={view} errors={[fault]} />}
          <input type="text" name="identifiant" value={address} autocomplete="username" readonly hidden tabindex={-1} />
          <NewPasswordField view={view} id="mot-de-passe" label={t('sign-in.password')} error={fault?.text} />
          <Button view={view} kind="go" wide>
            {t('sign-in.continue')}
          </Button>
        </form>
      </Letter>
    </Layout>
  );
}
