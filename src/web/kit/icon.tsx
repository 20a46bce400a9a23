import type { View } from '#web/layout/view.ts';
import type { IconName } from './icon-shapes.ts';

export type { IconName };

/** A drawing beside words, never instead of them. Only the shapes a page has used are in its sprite. */
export function Icon({ view, name }: { view: Pick<View, 'icons'>; name: IconName }) {
  view.icons.add(name);
  return (
    <svg class="i" aria-hidden="true">
      <use href={`#i-${name}`} />
    </svg>
  );
}
