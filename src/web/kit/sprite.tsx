import type { View } from '#web/layout/view.ts';
import { type Html, trusted } from './html.ts';
import { type IconName, iconShapes } from './icon-shapes.ts';

type OfPage = { view: Pick<View, 'icons'> };

/** By the names in it. Pages of a kind use the same shapes, and there are some dozens of kinds. */
const drawn = new Map<string, Html>();
const mostDrawn = 500;
/** By the set of the page that asked. */
const drawnFor = new WeakMap<ReadonlySet<string>, Html>();

/** The shapes used above it in the page. Must come last: components are rendered in the order of the document. */
export function Sprite({ view }: OfPage) {
  // Only `Icon` adds to the set, and it takes names of shapes.
  const names = [...view.icons].sort() as IconName[];
  const key = names.join(' ');
  const known = drawn.get(key);
  if (!known && drawn.size >= mostDrawn) return draw(names);
  const shapes = known ?? draw(names);
  drawn.set(key, shapes);
  drawnFor.set(view.icons, shapes);
  return shapes;
}

/** What `Sprite` drew in this page, when other pages have the very same. */
export function shapesOf({ view }: OfPage): Html | undefined {
  return drawnFor.get(view.icons);
}

function draw(names: readonly IconName[]): Html {
  const symbols = names.map((name) => `<symbol id="i-${name}" viewBox="0 0 24 24">${iconShapes[name]}</symbol>`);
  return trusted(`<svg class="sprite" width="0" height="0" aria-hidden="true">${symbols.join('')}</svg>`);
}
