import { demonstrationPassword, demonstrationPeople } from '#domain/demonstration/api.ts';
import type { KeptMail } from '#domain/notices/api.ts';
import type { MessageKey } from '#messages/translate.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Tag, type TagKind } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';

const kinds = {
  notice: 'demo.kind.notice',
  code: 'demo.kind.code',
  reset: 'demo.kind.reset',
  alert: 'demo.kind.alert',
  invitation: 'demo.kind.invitation',
} as const satisfies Record<KeptMail['kind'], MessageKey>;

const statuses = {
  queued: ['wait', 'demo.status.queued'],
  sent: ['ok', 'demo.status.sent'],
  bounced: ['bad', 'demo.status.bounced'],
  failed: ['bad', 'demo.status.failed'],
} as const satisfies Record<KeptMail['status'], readonly [TagKind, MessageKey]>;

/** Every mail Pli would have sent, newest first; beside them the accounts to try and the clock. */
export function MailPage({ view, mails, to }: { view: View; mails: readonly KeptMail[]; to: string | undefined }) {
  const { t } = view;
  return (
    <Layout view={view} title={t('demo.mail.title')} solo={!view.actor}>
      <Heading title={t('demo.mail.title')} lead={t('demo.mail.lead')}>
        <LinkButton view={view} small icon="eye" href="/demo/composants">
          {t('components.title')}
        </LinkButton>
      </Heading>
      <div class="two">
        <section class="stack" aria-label={t('demo.mail.list')}>
          <Filter view={view} to={to} />
          {mails.length === 0 && (
            <EmptyState title={t('demo.mail.none')}>
              <p>{t('demo.mail.none.next')}</p>
            </EmptyState>
          )}
          {mails.map((mail) => (
            <Mail view={view} mail={mail} />
          ))}
        </section>
        <div class="stack">
          <ClockCard view={view} />
          <AccountsCard view={view} />
        </div>
      </div>
    </Layout>
  );
}

function Filter({ view, to }: { view: View; to: string | undefined }) {
  const { t } = view;
  return (
    <form action="/demo/courrier" method="get" class="card stack-s">
      <Field view={view} id="to" name="to" type="email" label={t('demo.mail.to')} value={to} autocomplete="off" spellcheck="false" />
      <div class="row">
        <Button view={view} icon="refresh-cw">
          {t('demo.mail.filter')}
        </Button>
        {to && <a href="/demo/courrier">{t('demo.mail.all')}</a>}
      </div>
    </form>
  );
}

function Mail({ view, mail }: { view: View; mail: KeptMail }) {
  const { t } = view;
  const [look, status] = statuses[mail.status];
  const titleId = `courrier-${mail.id}`;
  const link = mail.kind === 'notice' ? mail.links[0] : undefined;
  return (
    <article class="card stack-s" aria-labelledby={titleId}>
      <h2 id={titleId}>{mail.subject}</h2>
      <p class="row">
        <Tag view={view}>{t(kinds[mail.kind])}</Tag>
        <Tag view={view} kind={look}>
          {t(status)}
        </Tag>
      </p>
      <dl class="kv">
        <dt>{t('demo.mail.from')}</dt>
        <dd>{mail.from}</dd>
        <dt>{t('demo.mail.recipient')}</dt>
        <dd>
          <Address address={mail.to} />
        </dd>
        <dt>{t('demo.mail.date')}</dt>
        <dd>
          <Time view={view} at={mail.at} />
        </dd>
        {mail.code && <dt>{t('demo.mail.code')}</dt>}
        {mail.code && (
          <dd>
            <b>{mail.code}</b>
          </dd>
        )}
      </dl>
      <div class="row">
        {link && (
          <LinkButton view={view} icon="mail-open" href={link}>
            {t('demo.mail.follow')}
          </LinkButton>
        )}
        <LinkButton view={view} kind="bare" icon="eye" href={`/demo/courrier/${mail.id}/html`} data-turbo="false">
          {t('demo.mail.see')}
        </LinkButton>
        {mail.status === 'sent' && <BounceForm view={view} mail={mail} />}
      </div>
      <details>
        <summary>{t('demo.mail.text')}</summary>
        <pre>{mail.text}</pre>
      </details>
    </article>
  );
}

function BounceForm({ view, mail }: { view: View; mail: KeptMail }) {
  return (
    <form action={`/demo/courrier/${mail.id}/rejet`} method="post">
      <Button view={view} kind="bare" icon="mail-warning">
        {view.t('demo.mail.bounce')}
      </Button>
    </form>
  );
}

const leaps = [
  ['P1D', 'demo.clock.day'],
  ['P7D', 'demo.clock.week'],
  ['P1Y', 'demo.clock.year'],
] as const satisfies readonly (readonly [string, MessageKey])[];

function ClockCard({ view }: { view: View }) {
  const { t } = view;
  return (
    <Card id="horloge" title={t('demo.clock.title')}>
      <p>{t.rich('demo.clock.now', { now: <Time view={view} at={view.now} /> })}</p>
      <p class="small muted">{t('demo.clock.hint')}</p>
      <form action="/demo/horloge" method="post" class="row">
        {leaps.map(([duration, label]) => (
          <Button view={view} small name="avance" value={duration}>
            {t(label)}
          </Button>
        ))}
      </form>
    </Card>
  );
}

function AccountsCard({ view }: { view: View }) {
  const { t } = view;
  return (
    <Card id="comptes" title={t('demo.accounts.title')}>
      <p>{t.rich('demo.accounts.password', { password: <b class="nowrap">{demonstrationPassword}</b> })}</p>
      <ul class="stack-s">
        {demonstrationPeople
          .filter((person) => person.password)
          .map((person) => (
            <li>
              {person.displayName}
              <br />
              <Address address={person.addresses[0]?.address ?? ''} />
            </li>
          ))}
      </ul>
      <p class="small muted">{t('demo.accounts.nobody')}</p>
    </Card>
  );
}
