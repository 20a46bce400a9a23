import { randomInt } from 'node:crypto';

/** Without the letters and digits that are taken for one another. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference that can be read over the telephone: `PLI-7F3K-20`. It names a line of the log, and tells nothing else. */
export function newReference(): string {
  const letters = Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return `PLI-${letters}-${String(randomInt(100)).padStart(2, '0')}`;
}
