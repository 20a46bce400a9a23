import type { Flow } from '#domain/sign-in/api.ts';
import { codeRules } from '#shared/sign-in.ts';
import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { CodeField } from '#web/kit/code-field.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

type AddressCodePageProps = { view: View; flow: Flow; nextAt: Date | undefined; fault: Refused | undefined };

/** Where the code of an address to be joined is typed. Only a post tries it (S-07). */
export function AddressCodePage({ view, flow, nextAt, fault }: AddressCodePageProps) {
  const { t } = view;
  const expiresAt = flow.code?.expiresAt ?? view.now;
  const hint = t.rich(expiresAt <= view.now ? 'profile.addresses.code.over' : 'profile.addresses.code.hint', {
    minutes: codeRules.lifeSeconds / 60,
    time: <Time view={view} at={expiresAt} form="time" />,
  });
  return (
    <Layout view={view} title={t('profile.addresses.code')} current="profile" narrow crumb={{ href: '/profil/adresses', label: t('profile.addresses') }}>
      <Heading title={t('profile.addresses.code')} lead={t.rich('profile.addresses.code.sent', { address: <Address address={flow.address} /> })} />
      <div class="stack">
        <Card>
          <form class="stack" method="post" action="/profil/adresses/code" novalidate>
            {fault && <ErrorSummary view={view} errors={[fault]} />}
            <CodeField view={view} label={t('profile.addresses.code.label')} digits={codeRules.digits} hint={hint} error={fault?.text} autofocus={!fault} />
            <Button view={view} kind="go">
              {t('profile.addresses.code.confirm')}
            </Button>
          </form>
        </Card>
        <Card id="rien-recu" title={t('profile.addresses.code.nothing')}>
          <p class="small">{t('profile.addresses.code.nothing-text')}</p>
          <form class="row" method="post" action="/profil/adresses/code/renvoyer">
            <Button view={view} icon="rotate-cw">
              {t('profile.addresses.code.again')}
            </Button>
            {nextAt && nextAt > view.now && (
              <span class="small muted" role="status">
                {t.rich('profile.addresses.code.again-at', { time: <Time view={view} at={nextAt} form="time" /> })}
              </span>
            )}
          </form>
        </Card>
      </div>
    </Layout>
  );
}
