/** Rows and columns of the keyboards of our readers (QWERTY, AZERTY, QWERTZ), along which fingers walk. */
const walks = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop', 'qsdfghjklm', 'wxcvbn', 'qwertzuiop', 'yxcvbnm', '01234567890'].concat([
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujm',
  '1aq2zs3ed4rf5tg6yh7uj8ik9ol0pm',
  'aqwzsxedcrfvtgbyhnuj',
  '147258369',
  '789456123',
]);
const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const shortestWalk = 4;

const trails = [...walks, alphabet].flatMap((walk) => [walk, [...walk].reverse().join('')]);

/** Lower case, without accents: the form in which words are compared. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The folded forms a password may be read as, once `p@ssw0rd` counts as `password`. */
export function readings(password: string): string[] {
  const folded = fold(password);
  const letters = folded.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/3/g, 'e').replace(/[$5]/g, 's').replace(/7/g, 't');
  return [...new Set([folded, letters.replace(/[1!|]/g, 'i'), letters.replace(/[1!|]/g, 'l')])];
}

/** `abcabcabc` → `abc`, `aaaa` → `a`: what remains when nothing is said twice in a row. */
export function withoutRepeats(text: string): string {
  return text.replace(/(.+?)\1+/gsu, '$1');
}

/** Removes keyboard walks and runs of the alphabet of four keys or more, either way, and years. */
export function withoutWalks(text: string): string {
  let rest = '';
  let at = 0;
  while (at < text.length) {
    const length = walkLengthAt(text, at);
    if (length < shortestWalk) rest += text[at];
    at += length < shortestWalk ? 1 : length;
  }
  return rest.replace(/(?:19|20)\d\d/g, '');
}

function walkLengthAt(text: string, at: number): number {
  let length = 1;
  while (at + length < text.length && trails.some((trail) => trail.includes(text.slice(at, at + length + 1)))) length += 1;
  return length;
}
