import type { ConversationPage, ListedConversation } from '#domain/conversations/api.ts';
import type { DraftPlace } from '#domain/drafts/api.ts';
import { Address } from '#web/kit/address.tsx';
import { LinkButton } from '#web/kit/button.tsx';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { Pager } from '#web/kit/pager.tsx';
import { PersonaTabs } from '#web/kit/persona-tabs.tsx';
import { SortSelect } from '#web/kit/sort-select.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { activitiesHref, conversationHref, listHref, listOrders, newConversationPath } from './addresses.ts';
import { MutedTag } from './own-choices.tsx';

type ListPageProps = { view: View; persona: { id: string; address: string }; list: ConversationPage; mayStart: boolean; drafts: readonly DraftPlace[] };

/** The conversations of one address, with every mark in its icon and its word (000-24 to 000-35). */
export function ListPage({ view, persona, list, mayStart, drafts }: ListPageProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t('connexion.list.title')} current="connexion" persona={persona.id}>
      <Heading
        title={t('connexion.list.title')}
        lead={t.rich('connexion.list.lead', {
          address: (
            <b>
              <Address address={persona.address} />
            </b>
          ),
        })}
      >
        {mayStart && (
          <LinkButton view={view} kind="go" icon="plus" href="/connexion/nouvelle">
            {t('connexion.new')}
          </LinkButton>
        )}
      </Heading>
      {mayStart && drafts.includes('new') && <StartedDraft view={view} />}
      <PersonaTabs view={view} current={persona.id} />
      <div class="sheet">
        {list.total === 0 ? <NoConversation view={view} mayStart={mayStart} /> : <Conversations view={view} persona={persona} list={list} drafts={drafts} />}
      </div>
      {list.rows.some((row) => !row.holderActive) && <p class="small muted mt">{t('connexion.list.red')}</p>}
    </Layout>
  );
}

/** A new conversation that is not sent has no row of its own. */
function StartedDraft({ view }: { view: View }) {
  const { t } = view;
  return (
    <p class="small line mb">
      <Icon view={view} name="pencil" />
      <span>{t.rich('connexion.draft.list-new', { link: <a href={newConversationPath}>{t('connexion.draft.list-resume')}</a> })}</span>
    </p>
  );
}

function NoConversation({ view, mayStart }: { view: View; mayStart: boolean }) {
  return (
    <EmptyState title={view.t('connexion.list.empty')}>
      <p class="muted">{view.t(mayStart ? 'connexion.list.empty-start' : 'connexion.list.empty-wait')}</p>
    </EmptyState>
  );
}

function Conversations({ view, persona, list, drafts }: Omit<ListPageProps, 'mayStart'>) {
  const { t } = view;
  const { order, page, size, total } = list;
  const here = { personaId: persona.id, size, order };
  const reversed = listHref({ ...here, order: order === 'newest' ? 'oldest' : 'newest' });
  const from = (page - 1) * size + 1;
  const head = (
    <>
      <Column view={view}>{t('connexion.list.holder')}</Column>
      <Column view={view}>{t('connexion.list.subject')}</Column>
      <Column view={view}>{t('connexion.list.activities')}</Column>
      <Column view={view} sort={{ href: reversed, direction: order === 'newest' ? 'descending' : 'ascending' }}>
        {t('connexion.list.modified')}
      </Column>
    </>
  );
  return (
    <>
      <SortSelect
        view={view}
        id="tri"
        action="/connexion"
        name="ordre"
        value={listOrders[order]}
        options={[
          { value: listOrders.newest, label: t('connexion.list.newest-first') },
          { value: listOrders.oldest, label: t('connexion.list.oldest-first') },
        ]}
        kept={{ persona: persona.id, taille: String(size) }}
      />
      <Table caption={t(order === 'newest' ? 'connexion.list.caption-newest' : 'connexion.list.caption-oldest')} head={head}>
        {list.rows.map((row) => (
          <ConversationRow view={view} personaId={persona.id} row={row} hasDraft={drafts.some((place) => isOf(place, row.id, persona.id))} />
        ))}
      </Table>
      <Pager
        view={view}
        page={page}
        pages={list.pages}
        from={from}
        to={from + list.rows.length - 1}
        total={total}
        size={size}
        pageHref={(other) => listHref({ ...here, page: other })}
        // The first row in sight stays in sight under another size (000-35).
        sizeHref={(other) => listHref({ ...here, size: other, page: Math.floor((from - 1) / other) + 1 })}
      />
    </>
  );
}

function isOf(place: DraftPlace, conversationId: string, personaId: string): boolean {
  return place !== 'new' && place.conversationId === conversationId && place.personaId === personaId;
}

type RowProps = { view: View; personaId: string; row: ListedConversation; hasDraft: boolean };

function ConversationRow({ view, personaId, row, hasDraft }: RowProps) {
  const { t } = view;
  const place = { id: row.id, personaId };
  const title = row.title ?? t('connexion.expired-title');
  const look = [row.unreadCount > 0 && 'unread', row.isNew && 'is-new', !row.holderActive && 'is-dead'].filter(Boolean).join(' ');
  return (
    <Row class={look}>
      <Cell place="who">
        <span class="who small">
          <Address address={row.holderAddress} />
        </span>
        <span class="org">{row.organisationName}</span>
      </Cell>
      <Cell place="title">
        <a class="ttl" href={conversationHref(place)}>
          {title}
        </a>
        <Marks view={view} row={row} hasDraft={hasDraft} />
      </Cell>
      <Cell place="act">
        {row.activities && (
          <a class="small" href={activitiesHref(place)}>
            {t('connexion.list.view')}
            <span class="sr">{t('connexion.list.view-of', { title })}</span>
          </a>
        )}
      </Cell>
      <Cell place="date">
        <span class="small">
          <Time view={view} at={row.lastActivityAt} zone={view.actor?.timeZone ?? row.zone} />
        </span>
      </Cell>
    </Row>
  );
}

function Marks({ view, row, hasDraft }: Omit<RowProps, 'personaId'>) {
  const { t } = view;
  const expired = row.title === undefined;
  if (row.unreadCount === 0 && !row.isNew && row.holderActive && row.status === 'open' && !expired && !row.mutedAt && !hasDraft) return null;
  return (
    <div class="marks">
      {row.unreadCount > 0 && (
        <Tag view={view} kind="unread" icon="message-square-warning">
          {t('connexion.mark.unread')}
          {row.unreadCount > 1 && <span class="num">{row.unreadCount}</span>}
        </Tag>
      )}
      {row.isNew && (
        <Tag view={view} kind="new">
          {t('connexion.mark.new')}
        </Tag>
      )}
      {!row.holderActive && (
        <Tag view={view} kind="dead" icon="user-x">
          {t('connexion.mark.read-only')}
        </Tag>
      )}
      {hasDraft && (
        <Tag view={view} icon="pencil">
          {t('connexion.mark.draft')}
        </Tag>
      )}
      {row.status === 'closed' && (
        <Tag view={view} icon="lock">
          {t('connexion.mark.closed')}
        </Tag>
      )}
      {row.mutedAt && <MutedTag view={view} />}
      {expired && (
        <Tag view={view} icon="hourglass">
          {t('connexion.mark.expired')}
        </Tag>
      )}
    </div>
  );
}
