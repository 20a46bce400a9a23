import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { describedBy, FieldError, Hint } from './field.tsx';

type CheckboxProps = { view: View; id: string; name: string; label: Child; value?: string; checked?: boolean; hint?: Child; error?: string | undefined };

/** One box to tick; its name is the label alone, the hint describes it. */
export function Checkbox({ view, id, name, label, value = 'on', checked, hint, error }: CheckboxProps) {
  return (
    <div class="field">
      <div class="check">
        <input type="checkbox" class="ck" id={id} name={name} value={value} checked={checked} {...describedBy(id, hint, error)} />
        <label for={id}>{label}</label>
      </div>
      <Hint id={id} hint={hint} />
      <FieldError view={view} id={id} error={error} />
    </div>
  );
}
