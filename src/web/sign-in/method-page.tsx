import type { Flow } from '#domain/sign-in/api.ts';
import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { PasswordField } from '#web/kit/password-field.tsx';
import { RadioCards } from '#web/kit/radio-cards.tsx';
import { doorLink } from '#web/layout/door-link.ts';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

export type Method = 'password' | 'code';
type MethodPageProps = { view: View; flow: Flow; method: Method; fault: Refused | undefined };

/** The second step, the same for known and unknown. Once the address is proven, staff are asked for their password alone. */
export function MethodPage({ view, flow, method, fault }: MethodPageProps) {
  const { t } = view;
  const address = <Address address={flow.address} />;
  return (
    <Layout
      view={view}
      title={t('sign-in.method.title')}
      current="sign-in"
      narrow
      solo
      crumb={{ href: doorLink('/ouvrir-une-session', flow.returnTo), label: t('sign-in.another') }}
    >
      <Letter id="methode-de-connexion" title={t('sign-in.method.title')}>
        {flow.addressProven ? <p>{t('sign-in.method.both')}</p> : <p>{t.rich('sign-in.method.lead', { address: <b>{address}</b> })}</p>}
        <form class="stack" method="post" action="/ouvrir-une-session/methode" novalidate>
          {fault && <ErrorSummary view={view} errors={[fault]} />}
          {/* For password managers: whose password this is. */}
          <input type="text" name="identifiant" value={flow.address} autocomplete="username" readonly hidden tabindex={-1} />
          {!flow.addressProven && <Methods view={view} flow={flow} method={method} />}
          <PasswordField
            view={view}
            id="mot-de-passe"
            name="mot-de-passe"
            label={t('sign-in.password')}
            autocomplete="current-password"
            error={fault?.field === 'mot-de-passe' ? fault.text : undefined}
          />
          <Button view={view} kind="go" wide>
            {t('sign-in.submit')}
          </Button>
        </form>
        <p class="row small">
          <a class="lk" href={doorLink('/mot-de-passe', flow.returnTo)}>
            {t('sign-in.forgotten')}
          </a>
        </p>
      </Letter>
    </Layout>
  );
}

function Methods({ view, flow, method }: { view: View; flow: Flow; method: Method }) {
  const { t } = view;
  return (
    <RadioCards
      view={view}
      name="methode"
      legend={t('sign-in.method.legend')}
      legendHidden
      value={method}
      options={[
        { value: 'password', label: t('sign-in.method.password'), icon: 'key-round' },
        {
          value: 'code',
          label: t('sign-in.method.code'),
          icon: 'mail',
          detail: t.rich('sign-in.method.code.detail', { address: <Address address={flow.address} /> }),
        },
      ]}
    />
  );
}
