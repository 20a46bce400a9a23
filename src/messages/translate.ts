import type { Locale } from '#shared/locales.ts';
import type { Catalogue, Entry, PluralForms } from './catalogue.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { frFR } from './fr-france.ts';
import { typeset } from './typography.ts';

export type MessageKey = keyof typeof fr;
export type Values = Readonly<Record<string, string | number>>;

/**
 * The sentence of a key in one language. Values replace `{name}` as they are; `count` chooses the plural form.
 * `rich` does the same with pieces of page as values and gives children for JSX: `t.rich('key', { link: <a href="…">…</a> })`.
 */
export type Translate = ((key: MessageKey, values?: Values) => string) & {
  rich<Piece>(key: MessageKey, values: Readonly<Record<string, Piece>>): (string | Piece)[];
};

const catalogues: Record<Locale, Catalogue> = { 'fr-CA': fr, 'fr-FR': { ...fr, ...frFR }, en };
const translators = new Map<Locale, Translate>();

/** The translator of a language; made once, its typography applied once. */
export function translator(locale: Locale): Translate {
  const known = translators.get(locale);
  if (known) return known;
  const made = makeTranslator(catalogues[locale], locale);
  translators.set(locale, made);
  return made;
}

/** Whether a text received from outside (a cookie) names a sentence. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(fr, key);
}

/** Exported for tests of the machinery; pages use `translator`. */
export function makeTranslator(catalogue: Catalogue, locale: Locale): Translate {
  const templates = new Map(Object.entries(catalogue).map(([key, entry]) => [key, compile(entry, locale)]));
  const plurals = new Intl.PluralRules(locale);
  /** Sentences that take no value: most of a page. */
  const plain = new Map<string, string>();
  for (const [key, { other, ...forms }] of templates) if (other?.length === 1 && Object.keys(forms).length === 0) plain.set(key, other[0] ?? '');

  function template(key: string, count: unknown): string[] {
    const forms = templates.get(key);
    if (!forms) throw new Error(`No message has the key ${key}`);
    const category = typeof count === 'number' ? plurals.select(count) : 'other';
    // A catalogue entry always has its `other` form.
    return forms[category] ?? (forms.other as string[]);
  }

  function translate(key: MessageKey, values: Values = {}): string {
    const known = plain.get(key);
    if (known !== undefined) return known;
    const pieces = template(key, values.count);
    if (pieces.length === 1) return pieces[0] ?? '';
    return pieces.map((piece, index) => (index % 2 === 0 ? piece : valueText(values[piece], piece, locale))).join('');
  }

  function rich<Piece>(key: MessageKey, values: Readonly<Record<string, Piece>>): (string | Piece)[] {
    return template(key, values.count).map((piece, index) => (index % 2 === 0 ? piece : (values[piece] ?? `{${piece}}`)));
  }

  return Object.assign(translate, { rich });
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string[]>>;

/** Splits each form into text and names of values, in turn: `['Page ', 'page', ' sur ', 'pages', '']`. */
function compile(entry: Entry, locale: Locale): Forms {
  if (typeof entry === 'string') return { other: split(typeset(entry, locale)) };
  if ('verbatim' in entry) return { other: split(entry.verbatim) };
  const forms = Object.entries(entry satisfies PluralForms);
  return Object.fromEntries(forms.map(([category, text]) => [category, split(typeset(text, locale))]));
}

function split(text: string): string[] {
  return text.split(/\{(\w+)\}/);
}

function valueText(value: string | number | undefined, name: string, locale: Locale): string {
  if (typeof value === 'number') return groupThousands(value, locale);
  // A forgotten value stays visible as {name}: a page with a hole reads better than an error page.
  return value ?? `{${name}}`;
}

/** Thousands are set apart from five figures up, so that a year stays a year. */
function groupThousands(value: number, locale: Locale): string {
  const text = locale === 'en' ? String(value) : String(value).replace('.', ',');
  return Math.abs(value) < 10_000 ? text : text.replace(/\B(?=(?:\d{3})+(?!\d))/g, locale === 'en' ? ',' : '\u00A0');
}
