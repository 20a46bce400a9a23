import type { Conversation } from '#domain/conversations/api.ts';
import type { OwnMail, OwnNotice } from '#domain/notices/api.ts';
import type { MessageKey } from '#messages/translate.ts';
import { Address } from '#web/kit/address.tsx';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { noticeLooks } from '#web/kit/notice-looks.ts';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';

/** A mail, and the conversation of a notice as the reader may see it now; undefined when they no longer take part in it. */
export type ShownMail = (OwnNotice | OwnMail) & { conversation: Conversation | undefined };

type NoticesPageProps = { view: View; notices: readonly ShownMail[]; next: string | undefined; first: boolean };

/** «Avis envoyés»: where a mail that looks doubtful can be checked. */
export function NoticesPage({ view, notices, next, first }: NoticesPageProps) {
  const { t } = view;
  const head = (['date', 'address', 'conversation', 'state'] as const).map((name) => <Column view={view}>{t(`profile.notices.${name}`)}</Column>);
  return (
    <Layout view={view} title={t('profile.notices.sent')} current="profile" crumb={{ href: '/profil', label: t('profile.title') }}>
      <Heading title={t('profile.notices.sent')} lead={t('profile.notices.lead')} />
      <div class="sheet">
        {notices.length === 0 ? (
          <EmptyState title={t('profile.notices.empty')}>
            <p class="muted">{t('profile.notices.empty-text')}</p>
          </EmptyState>
        ) : (
          <Table caption={t('profile.notices.sent')} head={head}>
            {notices.map((notice) => (
              <NoticeRow view={view} notice={notice} />
            ))}
          </Table>
        )}
      </div>
      {(next || !first) && (
        <nav class="row mt" aria-label={t('kit.pager.label')}>
          {!first && <a href="/profil/avis">{t('profile.notices.newest')}</a>}
          {next && <a href={`/profil/avis?avant=${next}`}>{t('profile.notices.older')}</a>}
        </nav>
      )}
    </Layout>
  );
}

function NoticeRow({ view, notice }: { view: View; notice: ShownMail }) {
  const { t } = view;
  const sender = notice.what === 'notice' ? notice.sender : undefined;
  return (
    <Row>
      <Cell place="date">
        <span class="small">
          <Time view={view} at={notice.sentAt ?? notice.askedAt} />
        </span>
      </Cell>
      <Cell place="who">
        <Address address={notice.address} />
        {sender && <span class="org">{t('profile.notices.from', { sender })}</span>}
      </Cell>
      <Cell place="title">
        <Subject view={view} notice={notice} />
        {notice.organisationName && <span class="org">{notice.organisationName}</span>}
      </Cell>
      <Cell place="act">
        <State view={view} notice={notice} />
      </Cell>
    </Row>
  );
}

function Subject({ view: { t }, notice }: { view: View; notice: ShownMail }) {
  if (notice.what !== 'notice') return <span>{t(subjectOf(notice))}</span>;
  const { conversation, conversationId, personaId, conversations } = notice;
  if (conversationId === null) return <a href={`/connexion?persona=${personaId}`}>{t('profile.notices.handed-over', { count: conversations })}</a>;
  if (!conversation) return <span class="muted">{t('profile.notices.former')}</span>;
  return (
    <a class="ttl" href={`/connexion/${conversationId}?persona=${personaId}`}>
      {conversation.title ?? t('profile.notices.expired')}
    </a>
  );
}

/** The subject that the mail itself had: how it is known again. */
function subjectOf({ what, about }: OwnMail): MessageKey {
  if (what === 'invitation') return 'mail.invitation.subject';
  const subjects: readonly MessageKey[] = what === 'code' ? codeSubjects : alertSubjects;
  return subjects.find((subject) => subject.endsWith(`.${about}`)) ?? (what === 'code' ? 'mail.code.subject.sign-in' : 'profile.notices.alert');
}

const codeSubjects = ['mail.code.subject.sign-in', 'mail.code.subject.address', 'mail.code.subject.reset'] as const;
const alertSubjects = [
  'mail.alert.subject.password-changed',
  'mail.alert.subject.password-reset',
  'mail.alert.subject.address-joined',
  'mail.alert.subject.address-removed',
] as const;

function State({ view, notice: { state, dueAt, what } }: { view: View; notice: ShownMail }) {
  const { t } = view;
  return (
    <>
      <Tag view={view} kind={noticeLooks[state].kind} icon={noticeLooks[state].icon}>
        {t(`profile.notices.state.${state}`)}
      </Tag>
      {what === 'notice' && state === 'queued' && dueAt > view.now && (
        <span class="org">{t.rich('profile.notices.until', { time: <Time view={view} at={dueAt} form="time" /> })}</span>
      )}
    </>
  );
}
