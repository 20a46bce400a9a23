import type { Child } from '#jsx/jsx-runtime';
import type { MessageKey } from '#messages/translate.ts';
import { Address } from '#web/kit/address.tsx';
import { MessagePager, Pager } from '#web/kit/pager.tsx';
import { PersonaTabs } from '#web/kit/persona-tabs.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Tag } from '#web/kit/tag.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { daysAway, jean, marie, organisation, Shown, tryAction } from './showcase.tsx';

export function ListsSection({ view }: { view: View }) {
  const { t } = view;
  const here = () => tryAction;
  const bar = { view, total: 23, size: 10, pageHref: here, sizeHref: here } as const;
  const window = { view, total: 12 } as const;
  return (
    <>
      <Shown name={t('components.personas')} wide>
        <PersonaTabs view={jeansView(view)} current="courriel" />
      </Shown>
      <Shown name={t('components.table')} wide>
        <Conversations view={view} />
      </Shown>
      <Shown name={t('components.pager.first')} wide>
        <Pager {...bar} page={1} pages={3} from={1} to={10} of={t('components.pager.first')} />
      </Shown>
      <Shown name={t('components.pager.middle')} wide>
        <Pager {...bar} page={2} pages={3} from={11} to={20} of={t('components.pager.middle')} />
      </Shown>
      <Shown name={t('components.pager.alone')} wide>
        <Pager {...bar} total={3} page={1} pages={1} from={1} to={3} of={t('components.pager.alone')} />
      </Shown>
      <Shown name={t('components.window.newest')} wide>
        <MessagePager {...window} from={8} to={12} olderHref={tryAction} newerHref={undefined} of={t('components.window.newest')} />
      </Shown>
      <Shown name={t('components.window.middle')} wide>
        <MessagePager {...window} from={3} to={7} olderHref={tryAction} newerHref={tryAction} of={t('components.window.middle')} />
      </Shown>
    </>
  );
}

/** As Jean, who has two addresses, sees it. */
function jeansView(view: View): View {
  const personas = [
    { id: 'courriel', address: jean.address },
    { id: 'atelier', address: jean.other },
  ];
  const actor = { profileId: '', sessionId: '', displayName: jean.name, timeZone: undefined, personas, memberships: [], hasDrafts: false };
  return { ...view, actor, unread: { total: 3, byPersona: { atelier: 3 }, conversations: {} } };
}

const rows = [
  { look: '', title: 'components.sample.title', marks: [] },
  { look: 'unread', title: 'components.row.unread', marks: ['unread'] },
  { look: 'is-new', title: 'components.row.new', marks: ['new'] },
  { look: 'unread is-new', title: 'components.row.both', marks: ['unread', 'new'] },
  { look: 'is-dead', title: 'components.row.dead', marks: ['dead'] },
  { look: '', title: 'components.row.closed', marks: ['closed'] },
  { look: '', title: 'connexion.expired-title', marks: ['expired'] },
] as const satisfies readonly { look: string; title: MessageKey; marks: readonly Mark[] }[];

type Mark = 'unread' | 'new' | 'dead' | 'closed' | 'expired';

function Conversations({ view }: { view: View }) {
  const { t } = view;
  const head = (
    <>
      <Column view={view}>{t('connexion.list.holder')}</Column>
      <Column view={view} sort={{ href: tryAction, direction: undefined }}>
        {t('connexion.list.subject')}
      </Column>
      <Column view={view} sort={{ href: tryAction, direction: 'ascending' }}>
        {t('connexion.list.activities')}
      </Column>
      <Column view={view} sort={{ href: tryAction, direction: 'descending' }}>
        {t('connexion.list.modified')}
      </Column>
    </>
  );
  return (
    <div class="sheet">
      <Table caption={t('connexion.list.caption-newest')} head={head}>
        {rows.map(({ look, title, marks }, index) => (
          <Row class={look}>
            <Cell place="who">
              <span class="who small">
                <Address address={marie.address} />
              </span>
              <span class="org">{organisation}</span>
            </Cell>
            <Cell place="title">
              <a class="ttl" href={tryAction}>
                {t(title)}
              </a>
              {marks.length > 0 && <div class="marks">{marks.map((mark) => markOf(view, mark))}</div>}
            </Cell>
            <Cell place="act">
              <a class="small" href={tryAction}>
                {t('connexion.list.view')}
                <span class="sr">{t('connexion.list.view-of', { title: t(title) })}</span>
              </a>
            </Cell>
            <Cell place="date">
              <span class="small">
                <Time view={view} at={daysAway(view, -index)} />
              </span>
            </Cell>
          </Row>
        ))}
      </Table>
    </div>
  );
}

function markOf(view: View, mark: Mark): Child {
  const { t } = view;
  const drawn = {
    unread: () => (
      <Tag view={view} kind="unread" icon="message-square-warning">
        {t('connexion.mark.unread')}
      </Tag>
    ),
    new: () => (
      <Tag view={view} kind="new">
        {t('connexion.mark.new')}
      </Tag>
    ),
    dead: () => (
      <Tag view={view} kind="dead" icon="user-x">
        {t('connexion.mark.read-only')}
      </Tag>
    ),
    closed: () => (
      <Tag view={view} icon="lock">
        {t('connexion.mark.closed')}
      </Tag>
    ),
    expired: () => (
      <Tag view={view} icon="hourglass">
        {t('connexion.mark.expired')}
      </Tag>
    ),
  } satisfies Record<Mark, () => Child>;
  return drawn[mark]();
}
