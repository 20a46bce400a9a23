import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icon.tsx';

export type ButtonKind = 'go' | 'seal' | 'bare' | 'danger';
type Look = { view: View; kind?: ButtonKind | undefined; small?: boolean; wide?: boolean; icon?: IconName | undefined; children?: Child };

type ButtonProps = Look & {
  type?: 'submit' | 'button' | 'reset';
  name?: string;
  value?: string;
  id?: string;
  formaction?: string;
  formnovalidate?: boolean;
  /** Why it cannot be used: said in `aria-describedby`, the button stays reachable. */
  unavailable?: string;
  /** Drawn by scripts while its form is on its way. */
  busy?: boolean;
  label?: string;
};

/** A button. `kind="go"` once a page: its one primary action. */
export function Button({ view, kind, small, wide, icon, unavailable, busy, label, type = 'submit', children, ...rest }: ButtonProps) {
  const reason = unavailable ? `${rest.id ?? rest.name ?? 'button'}-reason` : undefined;
  return (
    <>
      <button
        {...rest}
        type={unavailable ? 'button' : type}
        class={look({ kind, small, wide })}
        aria-label={label}
        aria-disabled={unavailable ? 'true' : undefined}
        aria-describedby={reason}
        aria-busy={busy ? 'true' : undefined}
      >
        {icon && <Icon view={view} name={icon} />}
        <span>{busy ? view.t('frame.sending') : children}</span>
      </button>
      {unavailable && (
        <span class="hint" id={reason}>
          {unavailable}
        </span>
      )}
    </>
  );
}

/** A link drawn as a button: it leads somewhere, it changes nothing. */
export function LinkButton({ view, kind, small, wide, icon, href, children, ...rest }: Look & { href: string; hreflang?: string; 'data-turbo'?: string }) {
  return (
    <a {...rest} href={href} class={look({ kind, small, wide })}>
      {icon && <Icon view={view} name={icon} />}
      <span>{children}</span>
    </a>
  );
}

function look({ kind, small, wide }: { kind: ButtonKind | undefined; small: boolean | undefined; wide: boolean | undefined }): string {
  return classes('btn', kind && `btn--${kind}`, small && 'btn--s', wide && 'btn--wide');
}
