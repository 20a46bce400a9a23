import type { View } from '#web/layout/view.ts';
import { type Html, trusted } from './html.ts';
import type { IconName } from './icon-shapes.ts';

export type { IconName };

/** Made once a name: a page draws dozens. The names are our own, nothing in them needs escaping. */
const drawn = new Map<IconName, Html>();

/** A drawing beside words, never instead of them. Only the shapes a page has used are in its sprite. */
export function Icon({ view, name }: { view: Pick<View, 'icons'>; name: IconName }) {
  view.icons.add(name);
  const known = drawn.get(name) ?? trusted(`<svg class="i" aria-hidden="true"><use href="#i-${name}"></use></svg>`);
  drawn.set(name, known);
  return known;
}
