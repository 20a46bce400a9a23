import { Field } from '#web/kit/field.tsx';
import { Select } from '#web/kit/select.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import { themes, type View } from '#web/layout/view.ts';
import { marie, ShownForm } from './showcase.tsx';

export function FieldsSection({ view }: { view: View }) {
  const { t } = view;
  const title = { view, name: 'titre', label: t('connexion.title'), autocomplete: 'off' } as const;
  return (
    <>
      <ShownForm name={t('components.state.empty')}>
        <Field {...title} id="champ-vide" />
      </ShownForm>
      <ShownForm name={t('components.state.filled')}>
        <Field {...title} id="champ-rempli" value={t('components.sample.title')} />
      </ShownForm>
      <ShownForm name={t('components.state.hint')}>
        <Field {...title} id="champ-aide" hint={t('connexion.title.hint')} />
      </ShownForm>
      <ShownForm name={t('components.state.required')}>
        <Field {...title} id="champ-requis" required placeholder={t('components.sample.title')} />
      </ShownForm>
      <ShownForm name={t('components.state.wrong')}>
        <Field {...title} id="champ-faute" hint={t('connexion.title.hint')} error={t('refusal.title.missing')} />
      </ShownForm>
      <ShownForm name={t('components.state.read-only')}>
        <Field {...title} id="champ-fixe" readonly value={marie.address} />
      </ShownForm>
      <ShownForm name={t('components.field.date')}>
        <Field view={view} id="champ-date" name="expire" type="date" label={t('connexion.expires')} value={view.now.toISOString().slice(0, 10)} />
      </ShownForm>
      <Texts view={view} />
      <Selects view={view} />
    </>
  );
}

function Texts({ view }: { view: View }) {
  const { t } = view;
  const message = { view, name: 'message', label: t('connexion.message'), rows: 4 } as const;
  return (
    <>
      <ShownForm name={t('components.text.empty')}>
        <TextArea {...message} id="texte-vide" />
      </ShownForm>
      <ShownForm name={t('components.text.filled')}>
        <TextArea {...message} id="texte-rempli" value={t('components.sample.text')} />
      </ShownForm>
      <ShownForm name={t('components.text.wrong')}>
        <TextArea {...message} id="texte-faute" error={t('refusal.message.empty')} />
      </ShownForm>
    </>
  );
}

function Selects({ view }: { view: View }) {
  const { t } = view;
  const theme = {
    view,
    name: 'theme',
    label: t('profile.theme'),
    options: themes.map((value) => ({ value, label: t(`frame.appearance.${value}`) })),
  };
  return (
    <>
      <ShownForm name={t('components.select')}>
        <Select {...theme} id="liste" value="dark" />
      </ShownForm>
      <ShownForm name={t('components.select.wrong')}>
        <Select {...theme} id="liste-faute" hint={t('connexion.holder.hint')} error={t('refusal.person.setting-unknown')} />
      </ShownForm>
    </>
  );
}
