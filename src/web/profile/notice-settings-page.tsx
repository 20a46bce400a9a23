import type { Profile } from '#domain/people/api.ts';
import { everyDay } from '#shared/quiet-hours.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { Field } from '#web/kit/field.tsx';
import { Heading } from '#web/kit/heading.tsx';
import { Select } from '#web/kit/select.tsx';
import { Layout } from '#web/layout/layout.tsx';
import type { Refused } from '#web/layout/refused.ts';
import type { View } from '#web/layout/view.ts';
import { languageNames } from './settings-card.tsx';

/** What stands in the form: as it is kept, or as it was typed. */
export type TypedNoticeSettings = { locale: string; from: string; to: string; days: readonly number[] };

type NoticeSettingsPageProps = { view: View; zone: Profile['timeZone']; typed: TypedNoticeSettings; fault: Refused | undefined };

/** In which language notices are written, and when they wait (000-Y2). */
export function NoticeSettingsPage({ view, zone, typed, fault }: NoticeSettingsPageProps) {
  const { t } = view;
  const languages = Object.entries(languageNames).map(([value, label]) => ({ value, label }));
  return (
    <Layout view={view} title={t('profile.notices.settings')} current="profile" narrow crumb={{ href: '/profil', label: t('profile.title') }}>
      <Heading title={t('profile.notices.settings')} lead={t('profile.notices.settings.codes')} />
      <form class="stack" method="post" action="/profil/avis/reglages" novalidate>
        {fault && <ErrorSummary view={view} errors={[fault]} />}
        <Card>
          <Select
            view={view}
            id="langue"
            name="langue"
            label={t('profile.notices.settings.language')}
            value={typed.locale}
            options={[{ value: '', label: t('profile.notices.settings.language.profile') }, ...languages]}
          />
        </Card>
        <Card id="calme" title={t('profile.notices.settings.quiet')}>
          <p class="small muted">
            {zone ? t('profile.notices.settings.quiet-lead', { zone: zone.replaceAll('_', ' ') }) : t('profile.notices.settings.quiet-lead.organisations')}
          </p>
          <div class="row">
            <HourField view={view} name="de" label={t('profile.notices.settings.from')} value={typed.from} fault={fault} />
            <HourField view={view} name="a" label={t('profile.notices.settings.to')} value={typed.to} fault={fault} />
          </div>
          <Days view={view} chosen={typed.days} fault={fault} />
          <p class="small muted">{t('profile.notices.settings.all-hours')}</p>
        </Card>
        <Button view={view} kind="go">
          {t('profile.save')}
        </Button>
      </form>
    </Layout>
  );
}

type HourFieldProps = { view: View; name: 'de' | 'a'; label: string; value: string; fault: Refused | undefined };

function HourField({ view, name, label, value, fault }: HourFieldProps) {
  return <Field view={view} id={name} name={name} type="time" label={label} value={value} error={fault?.field === name ? fault.text : undefined} />;
}

/** Monday 5 January 2015, at noon: its week names the days. */
const monday = Date.UTC(2015, 0, 5, 12);

function Days({ view, chosen, fault }: { view: View; chosen: readonly number[]; fault: Refused | undefined }) {
  const name = new Intl.DateTimeFormat(view.locale, { weekday: 'long', timeZone: 'UTC' });
  const wrong = fault?.field === 'jours';
  return (
    <fieldset class="field" id="jours" aria-describedby={wrong ? 'jours-error' : undefined}>
      <legend>{view.t('profile.notices.settings.days')}</legend>
      <div class="row">
        {everyDay.map((day) => (
          <span class="check">
            <input type="checkbox" class="ck" id={`jour-${day}`} name={`jour-${day}`} value="oui" checked={chosen.includes(day)} />
            <label for={`jour-${day}`}>{name.format(new Date(monday + (day - 1) * 86_400_000))}</label>
          </span>
        ))}
      </div>
      {wrong && (
        <span class="err" id="jours-error">
          {fault.text}
        </span>
      )}
    </fieldset>
  );
}
