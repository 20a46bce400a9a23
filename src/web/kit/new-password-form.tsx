import type { View } from '#web/layout/view.ts';
import { Button } from './button.tsx';
import { ErrorSummary, type FieldFault } from './error-summary.tsx';
import { NewPasswordField } from './new-password-field.tsx';

type NewPasswordFormProps = { view: View; id?: string; action: string; address: string; label: string; fault: FieldFault | undefined };

/** A password chosen by its owner, and nothing else to fill in: by an invitation, or once a forgotten one is given up. */
export function NewPasswordForm({ view, id = 'mot-de-passe', action, address, label, fault }: NewPasswordFormProps) {
  return (
    <form class="stack" method="post" action={action} novalidate>
      {fault && <ErrorSummary view={view} errors={[fault]} />}
      {/* For password managers: whose password this is. */}
      <input type="text" name="identifiant" value={address} autocomplete="username" readonly hidden tabindex={-1} />
      <NewPasswordField view={view} id={id} label={label} error={fault?.text} />
      <Button view={view} kind="go" wide>
        {view.t('sign-in.continue')}
      </Button>
    </form>
  );
}
