import { Address } from '#web/kit/address.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { NewPasswordForm } from '#web/kit/new-password-form.tsx';
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
        <NewPasswordForm view={view} action={`/invitation/${token}`} address={address} label={t('sign-in.password')} fault={fault} />
      </Letter>
    </Layout>
  );
}
