import type { Conversation } from '#domain/conversations/api.ts';
import type { OwnNotice } from '#domain/notices/api.ts';
import { Address } from '#web/kit/address.tsx';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { noticeLooks } from '#web/kit/notice-looks.ts';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';

/** A notice, and its conversation as the reader may see it now; undefined when they no longer take part in it. */
export type ShownNotice = OwnNotice & { conversation: Conversation | undefined };

type NoticesPageProps = { view: View; notices: readonly ShownNotice[]; next: string | undefined; first: boolean };

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

function NoticeRow({ view, notice }: { view: View; notice: ShownNotice }) {
  const { t } = view;
  return (
    <Row>
      <Cell place="date">
        <span class="small">
          <Time view={view} at={notice.sentAt ?? notice.askedAt} />
        </span>
      </Cell>
      <Cell place="who">
        <Address address={notice.address} />
        {notice.sender && <span class="org">{t('profile.notices.from', { sender: notice.sender })}</span>}
      </Cell>
      <Cell place="title">
        <Subject view={view} notice={notice} />
        <span class="org">{notice.organisationName}</span>
      </Cell>
      <Cell place="act">
        <State view={view} notice={notice} />
      </Cell>
    </Row>
  );
}

function Subject({ view: { t }, notice: { conversation, conversationId, personaId } }: { view: View; notice: ShownNotice }) {
  if (!conversation) return <span class="muted">{t('profile.notices.former')}</span>;
  return (
    <a class="ttl" href={`/connexion/${conversationId}?persona=${personaId}`}>
      {conversation.title ?? t('profile.notices.expired')}
    </a>
  );
}

function State({ view, notice: { state, dueAt } }: { view: View; notice: ShownNotice }) {
  const { t } = view;
  return (
    <>
      <Tag view={view} kind={noticeLooks[state].kind} icon={noticeLooks[state].icon}>
        {t(`profile.notices.state.${state}`)}
      </Tag>
      {state === 'queued' && dueAt > view.now && (
        <span class="org">{t.rich('profile.notices.until', { time: <Time view={view} at={dueAt} form="time" /> })}</span>
      )}
    </>
  );
}
