/** A piece of a page, already escaped. Only this file makes one: a value that merely looks like it is written as text. */
export class Html {
  readonly #html: string;

  constructor(html: string) {
    this.#html = html;
  }

  toString(): string {
    return this.#html;
  }
}

/** What may stand between two tags. */
export type Child = Html | string | number | boolean | null | undefined | readonly Child[];

type Props = Record<string, unknown> & { children?: Child };

/** HTML of our own making, written as it is: a drawing, a date. Never anything that somebody typed. */
export function trusted(html: string): Html {
  return new Html(html);
}

/**
 * An element, written at once: what stands inside it was written just before. Text and attributes are escaped, `undefined`, `null` and
 * booleans between tags are nothing; an attribute that is `true` stands without a value and one that is `false` is left out, but for
 * `aria-…` and `data-…`, where both are words.
 */
export function element(tag: string, props: Props): Html {
  let html = `<${tag}`;
  for (const name in props) {
    if (name === 'children') continue;
    const value = props[name];
    if (typeof value === 'string') html += ` ${name}="${escaped(value)}"`;
    else if (value !== undefined && value !== null) html += otherAttribute(name, value);
  }
  if (voidElements.has(tag)) return new Html(`${html}>`);
  return new Html(`${html}>${childHtml(props.children)}</${tag}>`);
}

/** Children side by side, without a tag around them. */
export function fragment(children: Child): Html {
  return children instanceof Html ? children : new Html(childHtml(children));
}

function otherAttribute(name: string, value: unknown): string {
  if (typeof value === 'number') return ` ${name}="${value}"`;
  if (typeof value !== 'boolean') throw new TypeError(`The attribute ${name} is no text.`);
  if (name.startsWith('aria-') || name.startsWith('data-')) return ` ${name}="${value}"`;
  return value ? ` ${name}=""` : '';
}

function childHtml(child: Child): string {
  if (typeof child === 'string') return escaped(child);
  if (child instanceof Html) return child.toString();
  if (typeof child === 'number') return String(child);
  if (child === undefined || child === null || typeof child === 'boolean') return '';
  if (!Array.isArray(child)) throw new TypeError('Neither a text nor a piece of a page.');
  let html = '';
  for (const each of child) html += childHtml(each);
  return html;
}

/** HTML, «Void elements»: those of them that our types name. */
const voidElements: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr']);

const special = /[&<>"']/;
const everySpecial = /[&<>"']/g;
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escaped(text: string): string {
  return special.test(text) ? text.replace(everySpecial, (found) => entities[found] ?? found) : text;
}
