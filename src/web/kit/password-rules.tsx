import type { View } from '#web/layout/view.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

/**
 * One rule: its sentence and, when the server has judged, whether it is met. `minLength` lets the browser judge it while typing
 * (code points counted, as the server does); other rules wait for the server.
 */
export type PasswordRule = { text: string; met?: boolean | undefined; minLength?: number };

/** The rules, always in sight under the field `for`, each said to be met or still to be. */
export function PasswordRules({ view, id, for: field, rules }: { view: View; id: string; for: string; rules: readonly PasswordRule[] }) {
  view.icons.add('circle-check');
  const { t } = view;
  return (
    <password-rules class="rules" id={id} data-for={field} data-met={t('kit.rules.met')} data-unmet={t('kit.rules.unmet')}>
      <ul class="checks small">
        {rules.map((rule) => (
          <li class={classes(rule.met === true && 'is-met', rule.met === false && 'is-unmet')} data-min={rule.minLength}>
            <Icon view={view} name={rule.met ? 'circle-check' : rule.met === false ? 'circle-x' : 'minus'} />
            <span>
              {rule.text}{' '}
              <span class="muted" data-verdict="">
                {rule.met === undefined ? '' : t(rule.met ? 'kit.rules.met' : 'kit.rules.unmet')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </password-rules>
  );
}
