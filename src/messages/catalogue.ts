/** A sentence copied to the letter: no typography is applied to it (labels that tests and guides hold on to). */
export type Verbatim = { readonly verbatim: string };

/** One sentence for each plural category that the language uses (CLDR); `other` is the one that always exists. */
export type PluralForms = { readonly one?: string; readonly many?: string; readonly other: string };

/**
 * What a catalogue holds under a key. Sentences are typed with ASCII spaces and straight apostrophes; `{name}` marks a value.
 * No markup: a link or a piece of page inside a sentence is a value given to `t.rich`.
 */
export type Entry = string | Verbatim | PluralForms;

export type Catalogue = Readonly<Record<string, Entry>>;

/** The shape the other language of an area must have: every key of the French one, and no other. */
export type TranslationOf<Area extends Catalogue> = { readonly [Key in keyof Area]: Entry };

export function verbatim(text: string): Verbatim {
  return { verbatim: text };
}
