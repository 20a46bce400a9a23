import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { Icon } from './icon.tsx';

export type Labelled = {
  view: View;
  id: string;
  label: Child;
  hint?: Child;
  error?: string | undefined;
  required?: boolean;
};

type FieldProps = Labelled & {
  name: string;
  type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'date' | 'time' | 'url' | 'number' | 'color';
  value?: string | number | undefined;
  autocomplete?: string;
  autocapitalize?: string;
  spellcheck?: 'true' | 'false';
  inputmode?: string;
  maxlength?: number;
  min?: string;
  max?: string;
  list?: string;
  readonly?: boolean;
  autofocus?: boolean;
  placeholder?: string;
};

/** One line to type in: label above, hint between label and control, error under it. A password is never written back. */
export function Field({ view, id, label, hint, error, type = 'text', value, ...rest }: FieldProps) {
  return (
    <FieldFrame view={view} id={id} label={label} hint={hint} error={error}>
      <input {...rest} class="in" id={id} type={type} value={type === 'password' ? undefined : value} {...describedBy(id, hint, error)} />
    </FieldFrame>
  );
}

/** What a control says of its hint, then of its error. */
export function describedBy(id: string, hint: Child, error: string | undefined) {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return { 'aria-describedby': ids || undefined, 'aria-invalid': error ? 'true' : undefined } as const;
}

/** The label, hint and error around any control; the control itself takes `describedBy`. */
export function FieldFrame({ view, id, label, hint, error, children }: Labelled & { children?: Child }) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <Hint id={id} hint={hint} />
      {children}
      <FieldError view={view} id={id} error={error} />
    </div>
  );
}

export function Hint({ id, hint }: { id: string; hint: Child }) {
  if (!hint) return null;
  return (
    <span class="hint" id={`${id}-hint`}>
      {hint}
    </span>
  );
}

export function FieldError({ view, id, error }: { view: View; id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <span class="err" id={`${id}-error`}>
      <Icon view={view} name="circle-x" />
      <span>{error}</span>
    </span>
  );
}
