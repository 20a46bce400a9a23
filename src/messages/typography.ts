import type { Locale } from '#shared/locales.ts';

const noBreak = '\u00A0';

/** Pieces that are not prose: values to come, web addresses, e-mail addresses. They are never respaced. */
const untouchable = /(\{\w+\}|https?:\/\/[^\s»”]+|[^\s@«»{}]+@[^\s@«»{}]+\.[\p{L}\d]+)/u;

/** A number and the unit that must stay on its line. */
const unit = /(\d) (?=(?:[KMG]?o|[kKMG]?B|h|min|s|%|\$|jours?|days?)(?![\p{L}\d]))/gu;

/**
 * Turns plainly typed text into typeset text, once, when a catalogue is loaded.
 * French: no-break space before «:» and inside « »; French of France also before «?», «!», «;». Never U+202F: the font lacks it.
 */
export function typeset(text: string, locale: Locale): string {
  return text
    .split(untouchable)
    .map((piece, index) => (index % 2 === 1 ? piece : prose(piece, locale)))
    .join('');
}

function prose(text: string, locale: Locale): string {
  // « %» after a value to come starts a piece of its own.
  const curled = text
    .replaceAll("'", '’')
    .replace(unit, `$1${noBreak}`)
    .replace(/^ (?=%)/, noBreak);
  if (locale === 'en') return curled;
  const spaced = curled.replace(/« ?/g, `«${noBreak}`).replace(/ ?»/g, `${noBreak}»`).replace(/ :/g, `${noBreak}:`);
  return locale === 'fr-FR' ? spaced.replace(/(?<=[\p{L}\d)»’}]|^)[ \u00A0]?([?!;])/gu, `${noBreak}$1`) : spaced.replace(/ ([?!;])/g, '$1');
}
