import type { Member, StaffPage } from '#domain/administration/api.ts';
import type { Organisation } from '#domain/organisations/api.ts';
import { limits, type Role, roles } from '#shared/people.ts';
import { Address } from '#web/kit/address.tsx';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Checkbox } from '#web/kit/checkbox.tsx';
import { EmptyState } from '#web/kit/empty-state.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Cell, Column, Row, Table } from '#web/kit/table.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { AdministrationFrame } from './frame.tsx';
import { MemberStateTag } from './member-state.tsx';
import { memberHref, peopleHref, sectionHref } from './places.ts';

/** What was typed in «Donner un accès». `asksSamePerson`: the address was deleted here before. */
export type TypedGrant = { name: string; address: string; roles: readonly Role[]; asksSamePerson: boolean };

type Asked = { search: string; ended: boolean };
type PeoplePageProps = { view: View; organisation: Organisation; list: StaffPage; asked: Asked; typed: TypedGrant; fault: Refused | undefined };

/** «Collaborateurs»: who has an account in the organisation, who had one, and how one is given (000-A1). */
export function PeoplePage({ view, organisation, list, asked, typed, fault }: PeoplePageProps) {
  const { t } = view;
  return (
    <AdministrationFrame view={view} organisation={organisation} section="people">
      {fault && <ErrorSummary view={view} errors={[fault]} />}
      <form class="row find" method="get" action={sectionHref(organisation, 'people')}>
        {asked.ended && <input type="hidden" name="etat" value="anciens" />}
        <div class="grow">
          <Field view={view} id="q" name="q" type="search" label={t('administration.people.search')} value={asked.search} autocomplete="off" />
        </div>
        <Button view={view} icon="search">
          {t('administration.people.find')}
        </Button>
      </form>
      <p class="row small">
        <a class="lk" href={peopleHref(organisation, { ...asked, ended: !asked.ended })}>
          {t(asked.ended ? 'administration.people.show-current' : 'administration.people.show-ended')}
        </a>
      </p>
      <div class="sheet">
        {list.total === 0 ? <Nobody view={view} asked={asked} /> : <People view={view} organisation={organisation} list={list} asked={asked} />}
      </div>
      <GrantCard view={view} organisation={organisation} typed={typed} fault={fault} />
    </AdministrationFrame>
  );
}

function Nobody({ view, asked }: { view: View; asked: Asked }) {
  const { t } = view;
  const title = asked.search === '' ? t('administration.people.nobody') : t('administration.people.not-found', { search: asked.search });
  return (
    <EmptyState title={title}>
      <p class="muted">{t('administration.people.nobody-next')}</p>
    </EmptyState>
  );
}

function People({ view, organisation, list, asked }: Pick<PeoplePageProps, 'view' | 'organisation' | 'list' | 'asked'>) {
  const { t } = view;
  const head = (['name', 'roles', 'state'] as const).map((column) => <Column view={view}>{t(`administration.people.${column}`)}</Column>);
  const { page, pages, size, total } = list;
  const from = (page - 1) * size + 1;
  return (
    <>
      <Table caption={t(asked.ended ? 'administration.people.caption-ended' : 'administration.people.caption')} head={head}>
        {list.rows.map((member) => (
          <MemberRow view={view} organisation={organisation} member={member} />
        ))}
      </Table>
      <nav class="pager" aria-label={t('kit.pager.label')}>
        <span class="muted num">{t('kit.pager.range', { from, to: from + list.rows.length - 1, total })}</span>
        {pages > 1 && (
          <span class="row">
            {page > 1 && <a href={peopleHref(organisation, { ...asked, page: page - 1 })}>{t('kit.pager.previous')}</a>}
            {page < pages && <a href={peopleHref(organisation, { ...asked, page: page + 1 })}>{t('kit.pager.next')}</a>}
          </span>
        )}
      </nav>
    </>
  );
}

function MemberRow({ view, organisation, member }: { view: View; organisation: Organisation; member: Member }) {
  const { t } = view;
  const held = member.roles.filter(({ status }) => member.state === 'ended' || status !== 'ended');
  return (
    <Row>
      <Cell place="title">
        <a class="ttl" href={memberHref(organisation, member.personaId)}>
          {member.name ?? member.address}
        </a>
        {member.name && (
          <span class="org">
            <Address address={member.address} />
          </span>
        )}
      </Cell>
      <Cell place="date">{held.map(({ role }) => t(`administration.role.${role}`)).join(', ')}</Cell>
      <Cell place="act">
        <MemberStateTag view={view} member={member} />
      </Cell>
    </Row>
  );
}

type GrantProps = Pick<PeoplePageProps, 'view' | 'organisation' | 'typed' | 'fault'>;

function GrantCard({ view, organisation, typed, fault }: GrantProps) {
  const { t } = view;
  const error = (field: string) => (fault?.field === field ? fault.text : undefined);
  return (
    <Card id="acces" title={t('administration.grant.title')}>
      <p class="muted">{t('administration.grant.lead')}</p>
      <form class="stack" method="post" action={sectionHref(organisation, 'people')} novalidate>
        <Field
          view={view}
          id="nom"
          name="nom"
          label={t('administration.grant.name')}
          hint={t('administration.grant.name-hint')}
          value={typed.name}
          maxlength={limits.displayName * 2}
          autocomplete="off"
          error={error('nom')}
        />
        <Field
          view={view}
          id="adresse"
          name="adresse"
          type="email"
          label={t('administration.grant.address')}
          value={typed.address}
          autocomplete="off"
          error={error('adresse')}
        />
        <RoleBoxes view={view} held={typed.roles} error={error('role-collaborator')} />
        {typed.asksSamePerson && (
          <Checkbox view={view} id="meme-personne" name="meme-personne" label={t('administration.grant.same-person')} error={error('meme-personne')} />
        )}
        <Button view={view} kind="go" icon="user-plus">
          {t('administration.grant.submit')}
        </Button>
      </form>
    </Card>
  );
}

/** One box a role. `titled`: a heading above them names them already. */
export function RoleBoxes({ view, held, error, titled }: { view: View; held: readonly Role[]; error?: string | undefined; titled?: boolean }) {
  const { t } = view;
  return (
    <fieldset class="stack-s">
      <legend class={titled ? 'sr' : 'lbl'}>{t('administration.people.roles')}</legend>
      {roles.map((role) => (
        <Checkbox
          view={view}
          id={`role-${role}`}
          name={`role-${role}`}
          label={t(`administration.role.${role}`)}
          hint={t(`administration.role.${role}-hint`)}
          checked={held.includes(role)}
          error={role === 'collaborator' ? error : undefined}
        />
      ))}
    </fieldset>
  );
}
