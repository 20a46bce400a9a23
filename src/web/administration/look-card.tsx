import type { MessageKey } from '#messages/translate.ts';
import { brandRatios, ownBrand } from '#shared/brand.ts';
import { leastContrast } from '#shared/contrast.ts';
import type { Brand } from '#shared/policy.ts';
import { Card } from '#web/kit/card.tsx';
import { Field } from '#web/kit/field.tsx';
import { RadioCards } from '#web/kit/radio-cards.tsx';
import type { PolicyForm } from './policy-page.tsx';

const colours = [
  { kind: 'light', name: 'couleur-claire', label: 'administration.setting.brand-light' },
  { kind: 'dark', name: 'couleur-sombre', label: 'administration.setting.brand-dark' },
  { kind: 'header', name: 'couleur-bandeau', label: 'administration.setting.brand-header' },
] as const satisfies readonly { kind: keyof Brand; name: string; label: MessageKey }[];

/** The organisation's colours, each with the least contrast it makes with a text: under 4.5 it is refused. */
export function LookCard({ view, fields, error }: PolicyForm) {
  const { t } = view;
  const ratios = brandRatios({
    light: readable(fields['couleur-claire'], ownBrand.light),
    dark: readable(fields['couleur-sombre'], ownBrand.dark),
    header: readable(fields['couleur-bandeau'], ownBrand.header),
  });
  return (
    <Card id="couleurs-choisies" title={t('administration.policy.look')}>
      <RadioCards
        view={view}
        name="couleurs"
        legend={t('administration.policy.colours')}
        value={fields.couleurs === 'organisation' ? 'organisation' : 'pli'}
        options={[
          { value: 'pli', label: t('administration.policy.colours-pli') },
          {
            value: 'organisation',
            label: t('administration.policy.colours-own'),
            detail: t('administration.policy.colours-own-detail', { least: leastContrast }),
          },
        ]}
      />
      {colours.map(({ kind, name, label }) => (
        <Field
          view={view}
          id={name}
          name={name}
          type="color"
          label={t(label)}
          hint={t('administration.policy.ratio', { ratio: Math.floor(ratios[kind] * 10) / 10 })}
          value={readable(fields[name], ownBrand[kind])}
          error={error(name)}
        />
      ))}
    </Card>
  );
}

function readable(typed: string | undefined, otherwise: string): string {
  return /^#[0-9a-f]{6}$/iu.test(typed ?? '') ? (typed ?? otherwise) : otherwise;
}
