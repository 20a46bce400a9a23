/** The value below which this share of the others lies (nearest rank); 0 of nothing. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? 0;
}

/** The one in the middle, or the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Field by field, the median of several rounds of the same; a field that some round lacks is left out. */
export function medians<T extends Record<string, number | undefined>>(rounds: readonly T[]): { [Name in keyof T]: number } {
  const [first] = rounds;
  const names = Object.keys(first ?? {}).filter((name) => rounds.every((round) => round[name] !== undefined));
  const entries = names.map((name) => [name, median(rounds.map((round) => round[name] ?? 0))] as const);
  return Object.fromEntries(entries) as { [Name in keyof T]: number }; // fromEntries forgets the names
}

/** As figures are printed and kept: three significant digits, whole from a hundred on. */
export function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}
