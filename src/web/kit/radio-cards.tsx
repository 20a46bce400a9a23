import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { describedBy, FieldError } from './field.tsx';
import { Icon, type IconName } from './icon.tsx';

/** `detail` describes the choice and is not part of its name; `aside` is a tag such as the delay. */
export type RadioCard = { value: string; label: string; icon?: IconName; detail?: Child; aside?: Child; unavailable?: boolean };
type RadioCardsProps = {
  view: View;
  name: string;
  legend: Child;
  legendHidden?: boolean;
  options: readonly RadioCard[];
  value?: string | undefined;
  error?: string | undefined;
};

/** One way among several, each on a card that is clickable whole. An unavailable way shows its reason in `detail`. */
export function RadioCards({ view, name, legend, legendHidden, options, value, error }: RadioCardsProps) {
  return (
    <fieldset class="ways" id={name} {...describedBy(name, undefined, error)}>
      <legend class={legendHidden ? 'sr' : 'lbl'}>{legend}</legend>
      {options.map((option) => (
        <Card view={view} name={name} option={option} checked={option.value === value} />
      ))}
      <FieldError view={view} id={name} error={error} />
    </fieldset>
  );
}

function Card({ view, name, option, checked }: { view: View; name: string; option: RadioCard; checked: boolean }) {
  const id = `${name}-${option.value}`;
  return (
    <div class={option.unavailable ? 'way way--off' : 'way'}>
      {option.unavailable ? (
        <span class="way__none" />
      ) : (
        <input type="radio" id={id} name={name} value={option.value} checked={checked} aria-describedby={option.detail ? `${id}-detail` : undefined} />
      )}
      {option.icon && <Icon view={view} name={option.icon} />}
      {option.unavailable ? <b>{option.label}</b> : <label for={id}>{option.label}</label>}
      {option.detail && (
        <span class="d" id={`${id}-detail`}>
          {option.detail}
        </span>
      )}
      {option.aside && <span class="dl">{option.aside}</span>}
    </div>
  );
}
