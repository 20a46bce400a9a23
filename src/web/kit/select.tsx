import { describedBy, FieldFrame, type Labelled } from './field.tsx';

export type Choice = { value: string; label: string };
type SelectProps = Labelled & { name: string; value?: string | undefined; options: readonly Choice[]; autocomplete?: string };

/** One choice among a few (a «combobox» for those who hear it). */
export function Select({ view, id, label, hint, error, value, options, ...rest }: SelectProps) {
  return (
    <FieldFrame view={view} id={id} label={label} hint={hint} error={error}>
      <select {...rest} class="in" id={id} {...describedBy(id, hint, error)}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
