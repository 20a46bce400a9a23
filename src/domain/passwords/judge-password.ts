import { ok, type Result, refuse } from '#result';
import { isReadableText, passwordRules } from '#shared/sign-in.ts';
import { commonEnglish } from './common-english.ts';
import { commonFrench } from './common-french.ts';
import { fold, readings, withoutRepeats, withoutWalks } from './weak-pieces.ts';

/** Letters that must remain beside a known word for the whole not to be that word, padded. */
const lettersOfItsOwn = 5;
/** Characters that must remain once repeats and keyboard walks are gone. */
const charactersOfItsOwn = 8;
const shortestCommonWord = 4;
const shortestOwnWord = 3;

const commonWords = [...new Set([...commonFrench, ...commonEnglish])].filter((word) => word.length >= shortestCommonWord).sort(longestFirst);

/**
 * Whether `typed` may be a password; gives it back in NFKC, the form that is hashed. `ownWords` are the person's: name, addresses, organisations.
 * Refusals name the reason: `password.missing`, `too-short` and `too-long` with their limit, `repeated`, `keyboard`, `personal`, `common`.
 */
export function judgePassword(typed: string, about: { ownWords: readonly string[]; min?: number }): Result<string> {
  if (typed === '') return refuse('password.missing');
  if (!isReadableText(typed)) return refuse('sign-in.text-unreadable');
  const password = typed.normalize('NFKC');
  const length = [...password].length;
  const min = about.min ?? passwordRules.aloneMin;
  if (length < min) return refuse('password.too-short', { min, count: length });
  if (length > passwordRules.max) return refuse('password.too-long', { max: passwordRules.max });
  const own = about.ownWords.flatMap(wordsOf).sort(longestFirst);
  const asRead = readings(password);
  if (asRead.some(isRepeated)) return refuse('password.repeated');
  if (asRead.some(isKeyboardWalk)) return refuse('password.keyboard');
  if (asRead.some((reading) => isOwnWord(reading, own))) return refuse('password.personal');
  return asRead.some((reading) => isCommon(without(own, reading))) ? refuse('password.common') : ok(password);
}

function isRepeated(reading: string): boolean {
  return withoutRepeats(reading).length < charactersOfItsOwn || isDoubled(reading.replace(/[^\p{L}\p{N}]/gu, ''));
}

/** One piece shorter than a password, said twice or more, and nothing else. */
function isDoubled(text: string): boolean {
  const piece = /^(.+?)\1+$/su.exec(text)?.[1];
  return piece !== undefined && [...piece].length < passwordRules.aloneMin;
}

function isKeyboardWalk(reading: string): boolean {
  return withoutRepeats(withoutWalks(reading)).length < charactersOfItsOwn;
}

function isOwnWord(reading: string, own: readonly string[]): boolean {
  const rest = without(own, reading);
  return rest !== reading && hasLittleLeft(rest);
}

/** A common password, two of them, or either with digits, signs, repeats and walks around. */
function isCommon(reading: string): boolean {
  const found = commonWords.filter((word) => reading.includes(word));
  return found.some((first) => {
    const rest = reading.replaceAll(first, '');
    return hasLittleLeft(rest) || found.some((second) => second !== first && hasLittleLeft(rest.replaceAll(second, '')));
  });
}

function hasLittleLeft(rest: string): boolean {
  return withoutRepeats(withoutWalks(rest)).replace(/[^\p{L}]/gu, '').length < lettersOfItsOwn;
}

function without(words: readonly string[], reading: string): string {
  return words.reduce((rest, word) => rest.replaceAll(word, ''), reading);
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= shortestOwnWord);
}

function longestFirst(one: string, other: string): number {
  return other.length - one.length;
}
