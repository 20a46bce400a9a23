import type { Activity, ActivityOrder, ActivityPage, Conversation } from '#domain/conversations/api.ts';
import { formatInstant } from '#shared/dates.ts';
import { Address } from '#web/kit/address.tsx';
import { DialogPage } from '#web/kit/dialog-page.tsx';
import type { IconName } from '#web/kit/icon.tsx';
import { Icon } from '#web/kit/icon.tsx';
import { SortSelect } from '#web/kit/sort-select.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { View } from '#web/layout/view.ts';
import { activityIcons } from './activity-icons.ts';
import { activitiesHref, activityOrderName, conversationHref } from './addresses.ts';

type ActivitiesPageProps = { view: View; conversation: Conversation; activities: ActivityPage };

const columns = ['name', 'activity', 'date'] as const satisfies readonly ActivityOrder['by'][];

/** Kinds that a later version writes have none yet. */
const icons: Readonly<Record<string, IconName>> = activityIcons;

/** «Activités des conversations»: every act, by whom and when, sorted three ways (000-36 to 000-40). */
export function ActivitiesPage({ view, conversation, activities }: ActivitiesPageProps) {
  const { t } = view;
  const { order } = activities;
  const head = columns.map((by) => {
    const sorted = order.by === by;
    // A second press on the same word reverses; a first one starts with the natural side.
    const next = { by, descending: sorted ? !order.descending : by === 'date' };
    const direction = sorted ? (order.descending ? 'descending' : 'ascending') : undefined;
    return (
      <Column view={view} sort={{ href: activitiesHref(conversation, { order: next }), direction }}>
        {t(`connexion.activities.${by}`)}
      </Column>
    );
  });
  return (
    <Layout view={view} title={t('connexion.activities.title')} current="connexion" persona={conversation.personaId}>
      <DialogPage
        view={view}
        title={t('connexion.activities.title')}
        closeHref={conversationHref(conversation)}
        lead={t('connexion.activities.lead', { title: conversation.title ?? t('connexion.expired-title') })}
        foot={<Pages view={view} place={conversation} activities={activities} />}
      >
        <ActivitySort view={view} place={conversation} order={order} />
        <Table caption={t('connexion.activities.title')} head={head} headed>
          {activities.rows.map((row) => (
            <ActivityRow view={view} row={row} />
          ))}
        </Table>
      </DialogPage>
    </Layout>
  );
}

/** The three orders and their contraries, on screens where the head of the table is not there (000-38). */
function ActivitySort({ view, place, order }: { view: View; place: { id: string; personaId: string }; order: ActivityOrder }) {
  const orders = columns.flatMap((by) => [by === 'date', by !== 'date'].map((descending) => ({ by, descending })));
  return (
    <SortSelect
      view={view}
      id="tri"
      action={`/connexion/${place.id}/activites`}
      name="tri"
      value={activityOrderName(order)}
      options={orders.map((one) => ({
        value: activityOrderName(one),
        label: view.t(`connexion.activities.${one.by}-${one.descending ? 'desc' : 'asc'}`),
      }))}
      kept={{ persona: place.personaId }}
    />
  );
}

function ActivityRow({ view, row }: { view: View; row: Activity }) {
  const { t } = view;
  return (
    <Row>
      <Cell place="who">
        <span>{row.name ?? (row.address ? <Address address={row.address} /> : t('connexion.activities.system'))}</span>
        {row.name && row.address && (
          <span class="org">
            <Address address={row.address} />
          </span>
        )}
      </Cell>
      <Cell place="title">
        <span class="line">
          <Icon view={view} name={icons[row.kind] ?? 'info'} />
          <span class="any">{sentence(view, row)}</span>
        </span>
      </Cell>
      <Cell place="date">
        <span class="small">
          <Time view={view} at={row.at} />
        </span>
      </Cell>
    </Row>
  );
}

function sentence(view: View, row: Activity): string {
  const { t } = view;
  const number = row.messagePosition ?? 0;
  switch (row.kind) {
    case 'created':
      return t('connexion.activity.created');
    case 'participant-added':
    case 'participant-added-without-past':
    case 'collaborator-added':
    case 'collaborator-added-without-past':
    case 'made-collaborator':
    case 'made-participant':
    case 'person-removed':
    case 'address-corrected':
    case 'notice-sent-again':
      return t(`connexion.activity.${row.kind}`, { address: row.subjectAddress ?? '' });
    case 'person-left':
      return t('connexion.activity.person-left');
    case 'message-posted':
      return t('connexion.activity.message-posted', { number });
    case 'message-opened':
      return t('connexion.activity.message-opened', { number });
    case 'attachment-downloaded':
      return row.fileName ? t('connexion.activity.file-downloaded', { name: row.fileName, number }) : t('connexion.activity.a-file-downloaded', { number });
    case 'message-expired':
      return t('connexion.activity.message-expired', { number });
    case 'message-withdrawn':
      return t('life.activity.message-withdrawn', { number });
    case 'expiry-changed':
      return expirySentence(view, row);
    case 'title-changed':
    case 'lifetime-changed':
    case 'reminded':
    case 'closed':
    case 'reopened':
      return t(`life.activity.${row.kind}`);
    case 'taken-over':
    case 'transferred':
    case 'delegate-left':
    case 'delegate-joined':
      return t(`life.activity.${row.kind}`, { address: row.subjectAddress ?? '' });
    default:
      // A kind written by a newer version of Pli on the same database.
      return row.kind;
  }
}

function expirySentence(view: View, { messagePosition, expiresAt }: Activity): string {
  const at = expiresAt ? formatInstant(expiresAt, view) : '';
  return messagePosition === undefined
    ? view.t('life.activity.all-expiries-changed', { at })
    : view.t('life.activity.expiry-changed', { number: messagePosition, at });
}

function Pages({ view, place, activities }: { view: View; place: { id: string; personaId: string }; activities: ActivityPage }) {
  const { t } = view;
  const { page, pages, order, total, more } = activities;
  return (
    <>
      <span>{t(pages === undefined ? 'connexion.activities.count-more' : 'connexion.activities.count', { count: total })}</span>
      {(page > 1 || more) && (
        <nav class="row" aria-label={t('kit.pager.label')}>
          {page > 1 && <a href={activitiesHref(place, { order, page: page - 1 })}>{t('kit.pager.previous')}</a>}
          <span class="num">{pages === undefined ? t('connexion.activities.page-alone', { page }) : t('connexion.activities.page', { page, pages })}</span>
          {more && <a href={activitiesHref(place, { order, page: page + 1 })}>{t('kit.pager.next')}</a>}
        </nav>
      )}
      <a href={conversationHref(place)}>{t('connexion.activities.back')}</a>
    </>
  );
}
