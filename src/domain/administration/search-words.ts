const wordsAtMost = 5;

/** What was typed as words to look for: as it stands, for addresses, and without accents, for names. The same folding as the indexes'. */
export function foldWords(typed: string): { plain: string; folded: string }[] {
  return typed
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, wordsAtMost)
    .map((plain) => ({ plain, folded: plain.normalize('NFD').replace(/\p{M}/gu, '') }));
}
