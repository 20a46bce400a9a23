import type { View } from '#web/layout/view.ts';
import { type Html, trusted } from './html.ts';
import { type IconName, iconShapes } from './icon-shapes.ts';

/** By the names in it. Pages of a kind use the same shapes, and there are some dozens of kinds. */
const drawn = new Map<string, Html>();
const mostDrawn = 500;

/** The shapes used above it in the page. Must come last: components are rendered in the order of the document. */
export function Sprite({ view }: { view: Pick<View, 'icons'> }) {
  // Only `Icon` adds to the set, and it takes names of shapes.
  const names = [...view.icons].sort() as IconName[];
  const key = names.join(' ');
  const known = drawn.get(key) ?? draw(names);
  if (drawn.size < mostDrawn) drawn.set(key, known);
  return known;
}

function draw(names: readonly IconName[]): Html {
  const symbols = names.map((name) => `<symbol id="i-${name}" viewBox="0 0 24 24">${iconShapes[name]}</symbol>`);
  return trusted(`<svg class="sprite" width="0" height="0" aria-hidden="true">${symbols.join('')}</svg>`);
}
