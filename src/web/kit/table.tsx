// biome-ignore-all lint/a11y/noRedundantRoles: as cards, rows and cells lose the role of their tag with its `display`.
import type { Child } from '#jsx/jsx-runtime';
import type { View } from '#web/layout/view.ts';
import { classes } from './classes.ts';
import { Icon } from './icon.tsx';

type TableProps = { caption: Child; head: Child; headed?: boolean; children?: Child };

/**
 * A table that becomes cards on a narrow screen; roles are written because `display` would take them away. `head` is a list of `Column`;
 * `headed`: those that sort stay as a row of words above the cards.
 */
export function Table({ caption, head, headed = false, children }: TableProps) {
  return (
    <table class={classes('tbl tbl--cards', headed && 'tbl--headed')} role="table">
      <caption class="sr">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">{head}</tr>
      </thead>
      <tbody role="rowgroup">{children}</tbody>
    </table>
  );
}

type Sort = { href: string; direction: 'ascending' | 'descending' | undefined };

/**
 * A column's heading. With `sort`, a link that sorts by it or reverses the order; the state is said by `aria-sort` and by words. On a narrow
 * screen the link is not there (`SortSelect` is) unless the table is `headed`, and the heading keeps its name.
 */
export function Column({ view, sort, children }: { view: View; sort?: Sort; children?: Child }) {
  if (!sort) {
    return (
      <th scope="col" role="columnheader">
        {children}
      </th>
    );
  }
  const icon = sort.direction === 'ascending' ? 'arrow-up' : sort.direction === 'descending' ? 'arrow-down' : 'arrow-up-down';
  return (
    <th scope="col" role="columnheader" aria-sort={sort.direction}>
      <a href={sort.href}>
        {children} <Icon view={view} name={icon} />
        {sort.direction && <span class="sr">{view.t('kit.table.reverse')}</span>}
      </a>
      <span class="narrow">{children}</span>
    </th>
  );
}

export function Row({ class: name, children }: { class?: string; children?: Child }) {
  return (
    <tr role="row" class={name || undefined}>
      {children}
    </tr>
  );
}

/** `place` says where the cell goes on a card: title first, then who, date at the left and action at the right. */
export function Cell({ place, label, children }: { place: 'title' | 'who' | 'act' | 'date'; label?: string; children?: Child }) {
  return (
    <td role="cell" class={`c-${place}`} data-l={label}>
      {children}
    </td>
  );
}
