import type { Profile } from '#domain/people/api.ts';
import { limits } from '#shared/people.ts';
import { Button } from '#web/kit/button.tsx';
import { Card } from '#web/kit/card.tsx';
import { Field } from '#web/kit/field.tsx';
import { Select } from '#web/kit/select.tsx';
import type { Refused } from '#web/layout/refused.ts';
import { themes, type View } from '#web/layout/view.ts';
import { timeZones } from './time-zones.ts';

/** Each language in its own words: they are not translated. */
export const languageNames = { 'fr-CA': 'Français (Canada)', 'fr-FR': 'Français (France)', en: 'English' } as const;

export function SettingsCard({ view, profile, fault }: { view: View; profile: Profile; fault: Refused | undefined }) {
  const { t } = view;
  const errorOf = (field: string) => (fault?.field === field ? fault.text : undefined);
  return (
    <Card id="reglages" title={t('profile.settings')}>
      <form class="stack" method="post" action="/profil" novalidate>
        <Field
          view={view}
          id="nom"
          name="nom"
          label={t('profile.name')}
          value={profile.displayName}
          autocomplete="name"
          maxlength={limits.displayName * 2}
          error={errorOf('nom')}
        />
        <Select
          view={view}
          id="langue"
          name="langue"
          label={t('profile.language')}
          value={profile.locale ?? ''}
          options={[{ value: '', label: t('profile.language.browser') }, ...Object.entries(languageNames).map(([value, label]) => ({ value, label }))]}
        />
        <Select
          view={view}
          id="fuseau"
          name="fuseau"
          label={t('profile.zone')}
          value={profile.timeZone ?? ''}
          error={errorOf('fuseau')}
          options={[
            { value: '', label: t('profile.zone.organisation') },
            ...timeZones(profile.timeZone).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
          ]}
        />
        <Select
          view={view}
          id="theme"
          name="theme"
          label={t('profile.theme')}
          value={profile.theme}
          options={themes.map((theme) => ({ value: theme, label: t(`frame.appearance.${theme}`) }))}
        />
        <Button view={view} kind="go">
          {t('profile.save')}
        </Button>
      </form>
    </Card>
  );
}
