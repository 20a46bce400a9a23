import type { View } from '#web/layout/view.ts';
import type { Html } from './html.ts';

type Drawn = { html: Html; icons: ReadonlySet<string> };

/**
 * A piece of a page that depends on the language and on an id alone, drawn once for each: pages asked for often draw it hundreds of times a
 * second. The shapes it uses are noted for the page each time. The ids are ours, and few.
 */
export function drawnOnce(draw: (props: { view: View; id: string }) => Html): (props: { view: View; id: string }) => Html {
  const known = new Map<string, Drawn>();
  return ({ view, id }) => {
    const key = `${view.locale} ${id}`;
    const drawn = known.get(key) ?? drawNow(draw, view, id);
    known.set(key, drawn);
    for (const name of drawn.icons) view.icons.add(name);
    return drawn.html;
  };
}

function drawNow(draw: (props: { view: View; id: string }) => Html, view: View, id: string): Drawn {
  const icons = new Set<string>();
  return { html: draw({ view: { ...view, icons }, id }), icons };
}
