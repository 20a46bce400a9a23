import type { Flow } from '#domain/sign-in/api.ts';
import { maskAddress } from '#shared/people.ts';
import { codeRules } from '#shared/sign-in.ts';
import { Button } from '#web/kit/button.tsx';
import { Checkbox } from '#web/kit/checkbox.tsx';
import { CodeField } from '#web/kit/code-field.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Icon, type IconName } from '#web/kit/icon.tsx';
import { Letter } from '#web/kit/letter.tsx';
import { Time } from '#web/kit/time.tsx';
import { doorLink } from '#web/layout/door-link.ts';
import { SupportLine } from '#web/layout/footer.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

export type CodePageProps = { view: View; flow: Flow; nextAt: Date | undefined; ownDevice: boolean; fault: Refused | undefined };

/** Where a code is typed. Only a post tries it. */
export function CodePage({ view, flow, nextAt, ownDevice, fault }: CodePageProps) {
  const { t } = view;
  const expiresAt = flow.code?.expiresAt ?? view.now;
  const expired = expiresAt <= view.now;
  const back = flow.purpose === 'reset' ? '/mot-de-passe' : '/ouvrir-une-session';
  return (
    <Layout
      view={view}
      title={t('sign-in.code.title')}
      current="sign-in"
      narrow
      solo
      crumb={{ href: doorLink(back, flow.returnTo), label: t('sign-in.another') }}
    >
      <Letter id="verification" title={t('sign-in.code.title')}>
        <p>{t.rich('sign-in.code.sent', { address: <b class="nowrap">{maskAddress(flow.address)}</b> })}</p>
        <form class="stack" method="post" action="/code" novalidate>
          {fault && <ErrorSummary view={view} errors={[fault]} />}
          <CodeField
            view={view}
            label={t('sign-in.code.label')}
            digits={codeRules.digits}
            hint={t.rich(expired ? 'sign-in.code.expired-since' : 'sign-in.code.hint', {
              minutes: codeRules.lifeSeconds / 60,
              time: <Time view={view} at={expiresAt} form="time" />,
            })}
            error={fault?.text}
            autofocus={!fault}
          />
          {flow.purpose !== 'reset' && <OwnDevice view={view} checked={ownDevice} />}
          <Button view={view} kind="go" wide>
            {t('sign-in.submit')}
          </Button>
        </form>
      </Letter>
      <NothingReceived view={view} nextAt={nextAt} />
    </Layout>
  );
}

function OwnDevice({ view, checked }: { view: View; checked: boolean }) {
  const { t } = view;
  return <Checkbox view={view} id="appareil" name="appareil" label={t('sign-in.code.own-device')} hint={t('sign-in.code.own-device.hint')} checked={checked} />;
}

function NothingReceived({ view, nextAt }: { view: View; nextAt: Date | undefined }) {
  const { t } = view;
  return (
    <section class="card mt stack-s" aria-labelledby="rien-recu">
      <h2 id="rien-recu">{t('sign-in.code.nothing')}</h2>
      <ul class="checks small">
        <Advice view={view} icon="mail" text={t('sign-in.code.nothing.junk')} />
        <Advice view={view} icon="history" text={t('sign-in.code.nothing.only-last')} />
        <Advice view={view} icon="at-sign" text={t('sign-in.code.nothing.address')} />
      </ul>
      <form class="row" method="post" action="/code/renvoyer">
        <Button view={view} icon="rotate-cw">
          {t('sign-in.code.resend')}
        </Button>
        <span class="small muted" role="status">
          {waitText(view, nextAt)}
        </span>
      </form>
      <p class="small">
        <SupportLine view={view} contact={view.organisation?.support ?? view.support} />
      </p>
    </section>
  );
}

function Advice({ view, icon, text }: { view: View; icon: IconName; text: string }) {
  return (
    <li>
      <Icon view={view} name={icon} />
      <span>{text}</span>
    </li>
  );
}

/** The wait in words: seconds up to a minute and a half, then minutes. */
function waitText({ t, now }: View, nextAt: Date | undefined): string {
  const seconds = nextAt ? Math.ceil((nextAt.getTime() - now.getTime()) / 1000) : 0;
  if (seconds <= 0) return t('sign-in.code.resend-now');
  if (seconds <= 90) return t('sign-in.code.resend-seconds', { count: seconds });
  return t('sign-in.code.resend-minutes', { count: Math.ceil(seconds / 60) });
}
