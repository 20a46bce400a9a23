import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { Button } from './button.tsx';
import { ErrorSummary } from './error-summary.tsx';
import { Field } from './field.tsx';

type IdentifierFormProps = {
  view: View;
  /** Of the field. */
  id?: string;
  action: string;
  hint: string;
  typed: string;
  returnTo: string | undefined;
  fault: { text: string } | undefined;
  children?: Child;
};

/** «Identifiant» and «Continuer»: the same first step of signing in, opening an account and resetting a password. */
export function IdentifierForm({ view, id = 'identifiant', action, hint, typed, returnTo, fault, children }: IdentifierFormProps) {
  const { t } = view;
  return (
    <form class="stack" method="post" action={action} novalidate>
      {fault && <ErrorSummary view={view} errors={[{ field: id, text: fault.text }]} />}
      {returnTo !== undefined && <input type="hidden" name="retour" value={returnTo} />}
      <Field
        view={view}
        id={id}
        name="identifiant"
        label={t('sign-in.identifier')}
        hint={hint}
        error={fault?.text}
        value={typed}
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        inputmode="email"
      />
      <Button view={view} kind="go" wide>
        {t('sign-in.continue')}
      </Button>
      {children}
    </form>
  );
}
