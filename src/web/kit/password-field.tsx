import { describedBy, FieldFrame, type Labelled } from './field.tsx';
import { Icon } from './icon.tsx';

type PasswordFieldProps = Labelled & { name: string; autocomplete: 'current-password' | 'new-password'; describedBy?: string; autofocus?: boolean };

/** A password: never written back, paste welcome, shown on demand once scripts run. `describedBy` adds the id of the rules. */
export function PasswordField({ view, id, label, hint, error, describedBy: rules, ...rest }: PasswordFieldProps) {
  const { t } = view;
  const described = describedBy(id, hint, error);
  const ids = [described['aria-describedby'], rules].filter(Boolean).join(' ') || undefined;
  view.icons.add('eye-off');
  return (
    <FieldFrame view={view} id={id} label={label} hint={hint} error={error}>
      <show-password class="withbtn" data-show={t('kit.password.show')} data-hide={t('kit.password.hide')}>
        <input {...rest} class="in" id={id} type="password" maxlength={1024} autocapitalize="none" spellcheck="false" {...described} aria-describedby={ids} />
        <button type="button" class="btn btn--s" aria-controls={id} aria-pressed="false" hidden>
          <Icon view={view} name="eye" />
          <span>{t('kit.password.show')}</span>
        </button>
      </show-password>
    </FieldFrame>
  );
}
