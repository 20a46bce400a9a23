import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { describedBy, FieldFrame } from './field.tsx';

type CodeFieldProps = { view: View; id?: string; name?: string; label: Child; hint?: Child; error?: string | undefined; digits?: number; autofocus?: boolean };

/** A one-time code: one field, digits on the phone's keyboard, filled in by the system, pasted with or without spaces. */
export function CodeField({ view, id = 'code', name = 'code', label, hint, error, digits = 8, autofocus }: CodeFieldProps) {
  return (
    <FieldFrame view={view} id={id} label={label} hint={hint} error={error}>
      <input
        class="in in--code"
        id={id}
        name={name}
        type="text"
        inputmode="numeric"
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck="false"
        required
        autofocus={autofocus}
        maxlength={digits * 2}
        {...describedBy(id, hint, error)}
      />
    </FieldFrame>
  );
}
