/** A piece of HTML that is safe to send: made only by `html`, which escapes every text put into it. */
export type Markup = { readonly markup: string };

/** `html\`<p>${text}</p>\`` escapes `text`; pieces made by `html` go in as they are, lists are joined. */
export function html(pieces: TemplateStringsArray, ...values: readonly (string | Markup | readonly (string | Markup)[])[]): Markup {
  return { markup: pieces.map((piece, index) => piece + (index < values.length ? written(values[index] ?? '') : '')).join('') };
}

function written(value: string | Markup | readonly (string | Markup)[]): string {
  if (typeof value === 'string') return escaped(value);
  return 'markup' in value ? value.markup : value.map(written).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
