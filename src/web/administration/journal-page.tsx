import { type AuditEntry, auditKinds } from '#domain/audit/api.ts';
import type { Organisation } from '#domain/organisations/api.ts';
import { Address } from '#web/kit/address.tsx';
import { Button, LinkButton } from '#web/kit/button.tsx';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { Field } from '#web/kit/field.tsx';
import { Select } from '#web/kit/select.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import type { View } from '#web/layout/view.ts';
import { AdministrationFrame } from './frame.tsx';
import { detailLines } from './journal-lines.ts';
import { type JournalQuery, journalHref, sectionHref } from './places.ts';

type JournalPageProps = {
  view: View;
  organisation: Organisation;
  asked: JournalQuery;
  rows: readonly AuditEntry[];
  /** Where the older lines begin, if there are some. */
  older: string | undefined;
  newest: boolean;
};

/** «Journal»: who did which administrative or security act when; never what people write to each other (000-A3). */
export function JournalPage({ view, organisation, asked, rows, older, newest }: JournalPageProps) {
  const { t } = view;
  const head = (['date', 'act', 'actor'] as const).map((column) => <Column view={view}>{t(`administration.journal.${column}`)}</Column>);
  return (
    <AdministrationFrame view={view} organisation={organisation} section="journal">
      <Filter view={view} organisation={organisation} asked={asked} />
      <div class="sheet">
        {rows.length === 0 ? (
          <EmptyState title={t('administration.journal.empty')}>
            <p class="muted">{t('administration.journal.empty-next')}</p>
          </EmptyState>
        ) : (
          <Table caption={t('administration.journal.caption')} head={head}>
            {rows.map((row) => (
              <Line view={view} row={row} />
            ))}
          </Table>
        )}
      </div>
      <nav class="row mt" aria-label={t('kit.pager.label')}>
        {!newest && <a href={journalHref(organisation, asked)}>{t('administration.journal.newest')}</a>}
        {older && <a href={journalHref(organisation, asked, { avant: older })}>{t('administration.journal.older')}</a>}
        <LinkButton view={view} small icon="download" href={journalHref(organisation, asked, { csv: true })} data-turbo="false">
          {t('administration.journal.export')}
        </LinkButton>
      </nav>
      <p class="small muted">{t('administration.journal.export-hint')}</p>
    </AdministrationFrame>
  );
}

function Filter({ view, organisation, asked }: Pick<JournalPageProps, 'view' | 'organisation' | 'asked'>) {
  const { t } = view;
  const kinds = auditKinds.map((kind) => ({ value: kind, label: t(`administration.act.${kind}`) }));
  return (
    <form class="card filter" method="get" action={sectionHref(organisation, 'journal')}>
      <Field view={view} id="du" name="du" type="date" label={t('administration.journal.from')} value={asked.du} />
      <Field view={view} id="au" name="au" type="date" label={t('administration.journal.to')} value={asked.au} />
      <Select
        view={view}
        id="acte"
        name="acte"
        label={t('administration.journal.act')}
        value={asked.acte}
        options={[{ value: '', label: t('administration.journal.all-acts') }, ...kinds]}
      />
      <Field view={view} id="personne" name="personne" label={t('administration.journal.person')} value={asked.personne} autocomplete="off" />
      <Button view={view} icon="search">
        {t('administration.journal.filter')}
      </Button>
    </form>
  );
}

function Line({ view, row }: { view: View; row: AuditEntry }) {
  const { t } = view;
  const kind = auditKinds.find((one) => one === row.kind);
  return (
    <Row>
      <Cell place="date">
        <span class="small">
          <Time view={view} at={row.at} />
        </span>
      </Cell>
      <Cell place="title">
        <span>{kind ? t(`administration.act.${kind}`) : row.kind}</span>
        {row.subjectAddress && (
          <span class="org">
            <Address address={row.subjectAddress} />
          </span>
        )}
        {detailLines(view, row).map(({ name, before, now }) => (
          <span class="org any">
            {before === undefined ? t('administration.detail.line', { name, now }) : t('administration.detail.change', { name, before, now })}
          </span>
        ))}
      </Cell>
      <Cell place="who">{row.actorAddress ? <Address address={row.actorAddress} /> : t('administration.journal.machine')}</Cell>
    </Row>
  );
}
