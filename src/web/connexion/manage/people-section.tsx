import type { Conversation, PersonState } from '#domain/conversations/api.ts';
import { Address } from '#web/kit/address.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { personHref } from '../addresses.ts';
import { NoticeState } from './notice-state.tsx';

type PeopleSectionProps = { view: View; conversation: Conversation; people: readonly PersonState[] };

/** Who takes part and how they follow: told, with an account, opened, downloaded; one row a person, with what can be done for them (000-C3). */
export function PeopleSection({ view, conversation, people }: PeopleSectionProps) {
  const { t } = view;
  const head = (['person', 'notice', 'opened'] as const).map((name) => <Column view={view}>{t(`manage.people.${name}`)}</Column>);
  return (
    <section class="stack-s" id="personnes" aria-labelledby="personnes-titre">
      <h2 id="personnes-titre">{t('manage.people.title', { count: people.length })}</h2>
      <div class="sheet">
        <Table
          caption={t('manage.people.caption')}
          head={
            <>
              {head}
              <Column view={view}>{t('manage.people.act')}</Column>
            </>
          }
        >
          {people.map((person) => (
            <PersonRow view={view} conversation={conversation} person={person} />
          ))}
        </Table>
      </div>
    </section>
  );
}

function PersonRow({ view, conversation, person }: { view: View; conversation: Conversation; person: PersonState }) {
  const { t } = view;
  const name = person.name ?? person.address;
  const you = person.personaId === conversation.personaId;
  return (
    <Row>
      <Cell place="title">
        <span class="any">{you ? t('connexion.people.you', { name }) : (person.name ?? <Address address={person.address} />)}</span>
        {person.name && (
          <span class="org">
            <Address address={person.address} />
          </span>
        )}
        <PersonMarks view={view} person={person} />
      </Cell>
      <Cell place="who">{you ? t('manage.notice.you') : <NoticeState view={view} notice={person.lastNotice} />}</Cell>
      <Cell place="date">
        <Followed view={view} person={person} />
      </Cell>
      <Cell place="act">
        <a class="small" href={personHref(conversation, person.personaId)}>
          {t('manage.people.manage')}
          <span class="sr">{t('manage.people.manage-of', { name })}</span>
        </a>
      </Cell>
    </Row>
  );
}

/** Role, account, and whether they see the past; each in words. */
export function PersonMarks({ view, person }: { view: View; person: PersonState }) {
  const { t } = view;
  return (
    <div class="marks mt-s">
      <Tag view={view}>{t(`connexion.role.${person.role}`)}</Tag>
      {person.reads === 'now' && (
        <Tag view={view} kind="ok" icon="circle-check">
          {t('manage.account.open')}
        </Tag>
      )}
      {person.reads === 'without-account' && (
        <Tag view={view} kind="wait" icon="clock">
          {t('manage.account.none')}
        </Tag>
      )}
      {person.reads === 'suspended' && (
        <Tag view={view} kind="bad" icon="ban">
          {t('manage.account.suspended')}
        </Tag>
      )}
      {person.withoutPast && (
        <Tag view={view} icon="history">
          {t('manage.without-past')}
        </Tag>
      )}
    </div>
  );
}

/** «A ouvert 2 de 3 messages», when last, and the last download. */
export function Followed({ view, person }: { view: View; person: PersonState }) {
  const { t } = view;
  const { received, opened, lastOpenedAt, lastDownloadedAt } = person;
  return (
    <div class="small">
      <p>{received === 0 ? t('manage.opened.nothing-sent') : t('manage.opened.count', { opened, count: received })}</p>
      {lastOpenedAt && <p class="xs muted">{t.rich('manage.opened.last', { at: <Time view={view} at={lastOpenedAt} /> })}</p>}
      {lastDownloadedAt && <p class="xs muted">{t.rich('manage.downloaded.last', { at: <Time view={view} at={lastDownloadedAt} /> })}</p>}
    </div>
  );
}
