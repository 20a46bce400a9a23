import type { Flow } from '#domain/sign-in/api.ts';
import { limits } from '#shared/people.ts';
import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { NewPasswordField } from '#web/kit/new-password-field.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

type FirstVisitPageProps = { view: View; flow: Flow; name: string; fault: Refused | undefined };

/** «Votre nom», and a password for those who want one. */
export function FirstVisitPage({ view, flow, name, fault }: FirstVisitPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('sign-in.first.title')} current="sign-in" narrow solo>
      <Letter id="premiere-visite" title={t('sign-in.first.title')}>
        {flow.purpose === 'reset' && <p>{t('sign-in.first.no-account')}</p>}
        <p>
          {t.rich('sign-in.first.lead', {
            address: (
              <b>
                <Address address={flow.address} />
              </b>
            ),
          })}
        </p>
        <form class="stack" method="post" action="/ouvrir-un-compte/profil" novalidate>
          {fault && <ErrorSummary view={view} errors={[fault]} />}
          <input type="text" name="identifiant" value={flow.address} autocomplete="username" readonly hidden tabindex={-1} />
          <Field
            view={view}
            id="nom"
            name="nom"
            label={t('sign-in.first.name')}
            hint={t('sign-in.first.name.hint')}
            error={fault?.field === 'nom' ? fault.text : undefined}
            value={name}
            autocomplete="name"
            maxlength={limits.displayName * 2}
          />
          <NewPasswordField
            view={view}
            id="mot-de-passe"
            label={t('sign-in.password')}
            hint={t('sign-in.first.password.hint')}
            error={fault?.field === 'mot-de-passe' ? fault.text : undefined}
          />
          <Button view={view} kind="go" wide>
            {t('sign-in.continue')}
          </Button>
        </form>
      </Letter>
    </Layout>
  );
}
