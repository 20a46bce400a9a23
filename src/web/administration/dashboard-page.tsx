import type { Counts } from '#domain/administration/api.ts';
import type { Organisation } from '#domain/organisations/api.ts';
import type { Child } from '#jsx/jsx-runtime';
import type { MessageKey } from '#messages/translate.ts';
import { formatBytes } from '#shared/bytes.ts';
import { Card } from '#web/kit/card.tsx';
import { Note } from '#web/kit/note.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { AdministrationFrame } from './frame.tsx';

type DashboardPageProps = { view: View; organisation: Organisation; counted: { at: Date; counts: Counts } | undefined };

/** «Tableau de bord»: numbers, and nothing of what they count (000-A3). */
export function DashboardPage({ view, organisation, counted }: DashboardPageProps) {
  const { t } = view;
  return (
    <AdministrationFrame view={view} organisation={organisation} section="dashboard">
      <Note view={view} icon="shield-check">
        <p>{t('administration.counts.no-content')}</p>
      </Note>
      {counted ? (
        <>
          <Figures view={view} counts={counted.counts} />
          <p class="small muted mt">{t.rich('administration.counts.at', { time: <Time view={view} at={counted.at} /> })}</p>
        </>
      ) : (
        <Card>
          <p>{t('administration.counts.none')}</p>
        </Card>
      )}
    </AdministrationFrame>
  );
}

function Figures({ view, counts }: { view: View; counts: Counts }) {
  const { conversations, people, files, notices } = counts;
  return (
    <div class="figures">
      <Group view={view} id="conversations" title="administration.counts.conversations">
        <Figure view={view} label="administration.counts.open" value={conversations.open} />
        <Figure view={view} label="administration.counts.closed" value={conversations.closed} />
        <Figure view={view} label="administration.counts.red" value={conversations.red} />
        <Figure view={view} label="administration.counts.expired" value={conversations.expired} />
        <Figure view={view} label="administration.counts.messages" value={counts.messages} />
        <Figure view={view} label="administration.counts.unread" value={counts.unread} />
      </Group>
      <Group view={view} id="personnes" title="administration.counts.people">
        <Figure view={view} label="administration.counts.collaborators" value={people.collaborators} />
        <Figure view={view} label="administration.counts.administrators" value={people.administrators} />
        <Figure view={view} label="administration.counts.suspended" value={people.suspended} />
        <Figure view={view} label="administration.counts.participants" value={people.participants} />
      </Group>
      <Group view={view} id="documents" title="administration.counts.files">
        <Figure view={view} label="administration.counts.files-kept" value={files.count} />
        <Figure view={view} label="administration.counts.bytes" value={formatBytes(files.bytes, view.locale)} />
      </Group>
      <Group view={view} id="avis" title="administration.counts.notices">
        <Figure view={view} label="administration.counts.sent" value={notices.sent} />
        <Figure view={view} label="administration.counts.waiting" value={notices.waiting} />
        <Figure view={view} label="administration.counts.refused" value={notices.refused} />
        <Figure view={view} label="administration.counts.needless" value={notices.needless} />
      </Group>
      {notices.reasons.length > 0 && <Reasons view={view} reasons={notices.reasons} />}
    </div>
  );
}

function Group({ view, id, title, children }: { view: View; id: string; title: MessageKey; children?: Child }) {
  return (
    <Card id={id} title={view.t(title)}>
      <dl>{children}</dl>
    </Card>
  );
}

function Figure({ view, label, value }: { view: View; label: MessageKey; value: number | string }) {
  return (
    <div>
      <dt>{view.t(label)}</dt>
      <dd class="num">{typeof value === 'number' ? view.t('administration.counts.number', { value }) : value}</dd>
    </div>
  );
}

/** Why notices were refused: the relay's own codes, which its manual explains, and never its words, which repeat addresses. */
function Reasons({ view, reasons }: { view: View; reasons: Counts['notices']['reasons'] }) {
  const { t } = view;
  const head = (
    <>
      <Column view={view}>{t('administration.counts.reason')}</Column>
      <Column view={view}>{t('administration.counts.times')}</Column>
    </>
  );
  return (
    <section class="sheet wide" aria-label={t('administration.counts.reasons')}>
      <Table caption={t('administration.counts.reasons')} head={head}>
        {reasons.map(({ reason, count }) => (
          <Row>
            <Cell place="title">{reasonText(view, reason)}</Cell>
            <Cell place="act">
              <span class="num">{t('administration.counts.number', { value: count })}</span>
            </Cell>
          </Row>
        ))}
      </Table>
    </section>
  );
}

function reasonText({ t }: View, reason: string): string {
  if (reason === 'failed') return t('administration.counts.reason.closed');
  if (reason === 'bounced') return t('administration.counts.reason.bounced');
  return t('administration.counts.reason.code', { code: reason });
}
