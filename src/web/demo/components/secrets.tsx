import { CodeField } from '#web/kit/code-field.tsx';
import { NewPasswordField } from '#web/kit/new-password-field.tsx';
import { PasswordField } from '#web/kit/password-field.tsx';
import { PasswordRules } from '#web/kit/password-rules.tsx';
import type { View } from '#web/layout/view.ts';
import { ShownForm } from './showcase.tsx';

export function SecretsSection({ view }: { view: View }) {
  const { t } = view;
  const code = { view, name: 'code', label: t('sign-in.code.label') } as const;
  const password = { view, name: 'secret', label: t('sign-in.password'), autocomplete: 'current-password' } as const;
  return (
    <>
      <ShownForm name={t('components.code')}>
        <CodeField {...code} id="code" hint={t('sign-in.code.resend-now')} />
      </ShownForm>
      <ShownForm name={t('components.code.wrong')}>
        <CodeField {...code} id="code-faux" error={t('refusal.sign-in.code-wrong', { count: 4 })} />
      </ShownForm>
      <ShownForm name={t('components.code.used')}>
        <CodeField {...code} id="code-servi" error={t('refusal.sign-in.code-used')} />
      </ShownForm>
      <ShownForm name={t('components.password')}>
        <PasswordField {...password} id="secret" />
      </ShownForm>
      <ShownForm name={t('components.password.wrong')}>
        <PasswordField {...password} id="secret-faux" error={t('refusal.sign-in.not-recognised')} />
      </ShownForm>
      <ShownForm name={t('components.password.new')}>
        <NewPasswordField view={view} id="nouveau-secret" label={t('sign-in.password')} />
      </ShownForm>
      <ShownForm name={t('components.rules.judged')}>
        <PasswordField {...password} id="secret-juge" describedBy="regles-jugees" autocomplete="new-password" />
        <PasswordRules
          view={view}
          id="regles-jugees"
          for="secret-juge"
          rules={[
            { text: t('password.rule.length', { count: 15 }), minLength: 15, met: true },
            { text: t('password.rule.common'), met: false },
            { text: t('password.rule.own') },
          ]}
        />
      </ShownForm>
    </>
  );
}
