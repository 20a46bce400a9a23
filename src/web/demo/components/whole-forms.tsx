import { Button } from '#web/kit/button.tsx';
import { Composer } from '#web/kit/composer.tsx';
import { ErrorSummary } from '#web/kit/error-summary.tsx';
import { IdentifierForm } from '#web/kit/identifier-form.tsx';
import { NewPasswordForm } from '#web/kit/new-password-form.tsx';
import { TextArea } from '#web/kit/text-area.tsx';
import type { View } from '#web/layout/view.ts';
import { jean, marie, Shown, tryAction } from './showcase.tsx';

export function WholeFormsSection({ view }: { view: View }) {
  const { t } = view;
  const identifier = { view, action: tryAction, hint: t('sign-in.identifier.hint'), returnTo: undefined } as const;
  const faults = [
    { field: 'champ-faute', text: t('refusal.title.missing') },
    { field: 'texte-faute', text: t('refusal.message.empty') },
  ];
  return (
    <>
      <Shown name={t('components.errors.one')}>
        <ErrorSummary view={view} errors={faults.slice(0, 1)} focused={false} />
      </Shown>
      <Shown name={t('components.errors.several')}>
        <ErrorSummary view={view} errors={[...faults, { text: t('refusal.form.incomplete') }]} focused={false} />
      </Shown>
      <Shown name={t('components.identifier')}>
        <IdentifierForm {...identifier} id="identifiant" typed={jean.address} fault={undefined} />
      </Shown>
      <Shown name={t('components.new-password')}>
        <NewPasswordForm view={view} id="mot-de-passe" action={tryAction} address={marie.address} label={t('sign-in.password')} fault={undefined} />
      </Shown>
      <Composers view={view} />
    </>
  );
}

function Composers({ view }: { view: View }) {
  const { t } = view;
  const readers = t.rich('connexion.read-by', { names: <b class="any">{jean.name}</b> });
  const named = { view, summary: t('connexion.post'), title: t('connexion.add'), readers } as const;
  return (
    <>
      <Shown name={t('components.composer.closed')} wide>
        <Composer {...named} id="ecrire-ferme">
          <Answer view={view} id="reponse-fermee" />
        </Composer>
      </Shown>
      <Shown name={t('components.composer.open')} wide>
        <Composer {...named} id="ecrire-ouvert" open>
          <Answer view={view} id="reponse" />
        </Composer>
      </Shown>
    </>
  );
}

function Answer({ view, id }: { view: View; id: string }) {
  const { t } = view;
  return (
    <form class="stack" method="post" action={tryAction}>
      <TextArea view={view} id={id} name="message" label={t('connexion.message')} rows={4} />
      <Button view={view} kind="go" icon="send">
        {t('connexion.submit')}
      </Button>
    </form>
  );
}
