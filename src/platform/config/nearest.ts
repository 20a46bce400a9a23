/** The word of `known` that a slip of the hand may have meant: at most two letters added, lost or changed. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const candidates = known.map((word) => ({ word, distance: editDistance(typed, word) })).filter(({ distance }) => distance <= 2);
  return candidates.sort((a, b) => a.distance - b.distance)[0]?.word;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...from].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(changed, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[to.length] ?? 0;
}
