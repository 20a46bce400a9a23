import type { View } from '#web/layout/view.ts';
import { Icon } from './icon.tsx';

/** `field` is the id of the control at fault; without one the sentence stands alone. */
export type FieldFault = { field?: string | undefined; text: string };

type ErrorSummaryProps = { view: View; errors: readonly FieldFault[]; focused?: boolean };

/** What is wrong, on top of the form, focused when the page opens; each line leads to its field. Nothing when nothing is wrong. */
export function ErrorSummary({ view, errors, focused = true }: ErrorSummaryProps) {
  if (errors.length === 0) return null;
  return (
    <div class="note note--bad" role="alert" tabindex={-1} autofocus={focused} data-error-summary="">
      <Icon view={view} name="circle-x" />
      <div>
        <b class="note__t">{view.t('kit.errors.title', { count: errors.length })}</b>
        <ul>
          {errors.map(({ field, text }) => (
            <li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
