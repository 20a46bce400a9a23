import type { OwnDelegation } from '#domain/conversations/api.ts';
import type { HolderPersona } from '#domain/organisations/api.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Select } from '#web/kit/select.tsx';
import { Time } from '#web/kit/time.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';

type LeavePageProps = {
  view: View;
  holders: readonly HolderPersona[];
  delegations: readonly OwnDelegation[];
  typed: Record<string, string>;
  fault: Refused | undefined;
};

/** «Absence»: a colleague takes part in one's conversations for some days (000-C7). */
export function LeavePage(props: LeavePageProps) {
  const { view, fault } = props;
  const { t } = view;
  return (
    <Layout view={view} title={t('life.leave.title')} current="profile" crumb={{ href: '/profil', label: t('profile.title') }} narrow>
      <div class="stack">
        <Heading title={t('life.leave.title')} lead={t('life.leave.lead')} />
        {fault && <ErrorSummary view={view} errors={[fault]} />}
        <Current {...props} />
        <Card id="nouvelle-absence" title={t('life.leave.new')}>
          <p>{t('life.leave.means')}</p>
          <LeaveForm {...props} />
        </Card>
      </div>
    </Layout>
  );
}

function LeaveForm({ view, holders, typed, fault }: LeavePageProps) {
  const { t } = view;
  const errorOf = (field: string) => (fault?.field === field ? fault.text : undefined);
  const options = holders.map((holder) => ({ value: `${holder.organisationId} ${holder.personaId}`, label: `${holder.address} (${holder.organisationName})` }));
  return (
    <form class="stack" method="post" action="/profil/absence">
      <Select view={view} id="titulaire" name="titulaire" label={t('connexion.holder')} value={typed.titulaire} options={options} />
      <Field
        view={view}
        id="collegue"
        name="collegue"
        type="email"
        autocomplete="off"
        label={t('life.leave.colleague')}
        hint={t('life.holder.hint')}
        value={typed.collegue}
        error={errorOf('collegue')}
      />
      <Field view={view} id="du" name="du" type="date" label={t('life.leave.from')} value={typed.du} error={errorOf('du')} />
      <Field view={view} id="au" name="au" type="date" label={t('life.leave.to')} value={typed.au} />
      <div class="row">
        <Button view={view} kind="go" icon="user-plus">
          {t('life.leave.submit')}
        </Button>
      </div>
    </form>
  );
}

function Current({ view, holders, delegations }: LeavePageProps) {
  const { t } = view;
  if (delegations.length === 0) return null;
  return (
    <Card id="absences" title={t('life.leave.current')}>
      <ul class="stack-s">
        {delegations.map((delegation) => {
          const zone = holders.find((holder) => holder.organisationId === delegation.organisationId)?.timeZone ?? view.zone;
          return (
            <li>
              <form class="row" method="post" action={`/profil/absence/${delegation.id}/terminer`}>
                <span>
                  {t.rich('life.leave.replaced', {
                    own: <span class="any">{delegation.address}</span>,
                    address: <span class="any">{delegation.delegateAddress}</span>,
                    from: <Time view={view} at={delegation.startsAt} zone={zone} form="day" />,
                    to: <Time view={view} at={new Date(delegation.endsAt.getTime() - 1)} zone={zone} form="day" />,
                  })}
                </span>
                <Button view={view} small icon="x">
                  {t('life.leave.end')}
                </Button>
              </form>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
