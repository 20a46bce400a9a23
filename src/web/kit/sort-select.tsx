import type { View } from '#web/layout/view.ts';
import { Button } from './button.tsx';
import { type Choice, Select } from './select.tsx';

type SortSelectProps = {
  view: View;
  id: string;
  action: string;
  name: string;
  value: string;
  options: readonly Choice[];
  kept: Readonly<Record<string, string>>;
};

/** «Trier par», where a table has become cards and its head is gone. A form that asks for the page again; `kept` goes with it. */
export function SortSelect({ view, id, action, name, value, options, kept }: SortSelectProps) {
  return (
    <form class="sort" method="get" action={action}>
      {Object.entries(kept).map(([field, text]) => (
        <input type="hidden" name={field} value={text} />
      ))}
      <Select view={view} id={id} name={name} label={view.t('kit.sort.by')} value={value} options={options} />
      <Button view={view} small icon="arrow-up-down">
        {view.t('kit.sort.do')}
      </Button>
    </form>
  );
}
