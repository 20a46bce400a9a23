import { passwordRules } from '#shared/sign-in.ts';
import type { Labelled } from './field.tsx';
import { PasswordField } from './password-field.tsx';
import { PasswordRules } from './password-rules.tsx';

/** A password to choose, with the rules in sight under it. */
export function NewPasswordField({ view, id, label, hint, error }: Labelled) {
  const { t } = view;
  const rules = `${id}-regles`;
  return (
    <>
      <PasswordField view={view} id={id} name={id} label={label} hint={hint} autocomplete="new-password" error={error} describedBy={rules} />
      <PasswordRules
        view={view}
        id={rules}
        for={id}
        rules={[
          { text: t('password.rule.length', { count: passwordRules.aloneMin }), minLength: passwordRules.aloneMin },
          { text: t('password.rule.common') },
          { text: t('password.rule.own') },
        ]}
      />
    </>
  );
}
