import type { View } from '#web/layout/view.ts';
import type { Html } from './html.ts';

type Drawn = { html: Html; icons: ReadonlySet<string> };

/** What an administrator can set is bounded by nothing: past so many, a piece is drawn each time. */
const mostDrawn = 200;

/**
 * A piece of a page that depends on the language and on its facts alone, drawn once for each: pages asked for often draw it hundreds of times a
 * second. The shapes it uses are noted for the page each time. Facts are words and numbers of ours, of which there are few: never what somebody
 * typed.
 */
export function drawnOnce<Of extends object>(draw: (props: Of & { view: View }) => Html): (props: Of & { view: View }) => Html {
  const known = new Map<string, Drawn>();
  return (props) => {
    const { view, ...facts } = props;
    const key = `${view.locale} ${JSON.stringify(facts)}`;
    const drawn = known.get(key) ?? drawNow(draw, props);
    if (known.size < mostDrawn) known.set(key, drawn);
    for (const name of drawn.icons) view.icons.add(name);
    return drawn.html;
  };
}

function drawNow<Of extends object>(draw: (props: Of & { view: View }) => Html, props: Of & { view: View }): Drawn {
  const icons = new Set<string>();
  return { html: draw({ ...props, view: { ...props.view, icons } }), icons };
}
