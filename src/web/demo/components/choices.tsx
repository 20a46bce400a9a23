import { Checkbox } from '#web/kit/checkbox.tsx';
import { RadioCards } from '#web/kit/radio-cards.tsx';
import { Tag } from '#web/kit/tag.tsx';
import type { View } from '#web/layout/view.ts';
import { maskedJean, ShownForm } from './showcase.tsx';

export function ChoicesSection({ view }: { view: View }) {
  const { t } = view;
  const box = { view, name: 'appareil', label: t('sign-in.code.own-device') } as const;
  return (
    <>
      <ShownForm name={t('components.checkbox')}>
        <Checkbox {...box} id="case" />
      </ShownForm>
      <ShownForm name={t('components.checkbox.checked')}>
        <Checkbox {...box} id="case-cochee" checked hint={t('sign-in.code.own-device.hint')} />
      </ShownForm>
      <ShownForm name={t('components.checkbox.wrong')}>
        <Checkbox {...box} id="case-faute" error={t('refusal.form.incomplete')} />
      </ShownForm>
      <ShownForm name={t('components.radio')} wide>
        <RadioCards
          view={view}
          name="moyen"
          legend={t('sign-in.method.legend')}
          value="code"
          options={[
            { value: 'password', label: t('sign-in.method.password'), icon: 'key-round' },
            {
              value: 'code',
              label: t('sign-in.method.code'),
              icon: 'mail',
              detail: t('sign-in.method.code.detail', { address: maskedJean }),
              aside: <Tag view={view}>{t('components.radio.delay')}</Tag>,
            },
            { value: 'phone', label: t('components.radio.text-message'), icon: 'smartphone', detail: t('components.radio.unavailable'), unavailable: true },
          ]}
        />
      </ShownForm>
      <ShownForm name={t('components.radio.wrong')} wide>
        <RadioCards
          view={view}
          name="moyen-faute"
          legend={t('sign-in.method.title')}
          legendHidden
          error={t('refusal.form.incomplete')}
          options={[
            { value: 'password', label: t('sign-in.method.password'), icon: 'key-round' },
            { value: 'code', label: t('sign-in.method.code'), icon: 'mail' },
          ]}
        />
      </ShownForm>
    </>
  );
}
