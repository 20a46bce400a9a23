import type { Organisation } from '#domain/organisations/api.ts';
import { Button } from '#web/kit/button.tsx';
import { errorOf } from '#web/kit/error-of.ts';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Note } from '#web/kit/note.tsx';
import type { View } from '#web/layout/view.ts';
import { AdministrationFrame } from './frame.tsx';
import { LogoCard, type LogoShown } from './logo-card.tsx';
import { LookCard } from './look-card.tsx';
import { sectionHref } from './places.ts';
import { DocumentsCard, ExpiryCard, NoticesCard, PeopleCard, SupportCard } from './policy-cards.tsx';
import type { Difference } from './policy-fields.ts';
import { settingName, settingValue } from './settings.ts';

/** What the cards of the form share: what is in its fields, and what is wrong with them. */
export type PolicyForm = { view: View; fields: Readonly<Record<string, string>>; error: (field: string) => string | undefined };

type PolicyPageProps = {
  view: View;
  organisation: Organisation;
  fields: Record<string, string>;
  faults: readonly { field: string; text: string }[];
  meanwhile: readonly Difference[];
  logo: LogoShown | undefined;
};

/** «Politique»: what holds for everybody in the organisation, in one form that is saved at once (000-A3). */
export function PolicyPage({ view, organisation, fields, faults, meanwhile, logo }: PolicyPageProps) {
  const { t } = view;
  const error = (field: string) => errorOf(faults, field);
  const form: PolicyForm = { view, fields, error };
  const listed = faults.map(({ field, text }) => (field === 'meanwhile' ? { text } : { field, text }));
  return (
    <AdministrationFrame view={view} organisation={organisation} section="policy">
      <ErrorSummary view={view} errors={listed} />
      {meanwhile.length > 0 && <Meanwhile view={view} differences={meanwhile} />}
      <form class="stack policy" method="post" action={sectionHref(organisation, 'policy')} novalidate>
        <input type="hidden" name="version" value={fields.version} />
        <ExpiryCard {...form} />
        <DocumentsCard {...form} />
        <PeopleCard {...form} />
        <NoticesCard {...form} />
        <SupportCard {...form} />
        <LookCard {...form} />
        <Button view={view} kind="go" icon="save">
          {t('administration.policy.save')}
        </Button>
      </form>
      <div class="mt">
        <LogoCard view={view} organisation={organisation} logo={logo} error={error('logo')} />
      </div>
    </AdministrationFrame>
  );
}

/** What somebody else decided since this form was opened, beside what is typed in it. */
function Meanwhile({ view, differences }: { view: View; differences: readonly Difference[] }) {
  const { t } = view;
  return (
    <Note view={view} kind="warn" title={t('administration.policy.meanwhile')}>
      <ul>
        {differences.map(({ setting, now, typed }) => (
          <li>
            {t('administration.policy.meanwhile-line', {
              setting: settingName(view, setting),
              now: settingValue(view, setting, now),
              typed: settingValue(view, setting, typed),
            })}
          </li>
        ))}
      </ul>
    </Note>
  );
}
