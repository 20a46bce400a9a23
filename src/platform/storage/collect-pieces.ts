/** Each byte of a transfer is held twice by then: in the piece that brought it, and sealed or opened. */
const collectEveryBytes = 8 * 1024 * 1024;
let uncollected = 0;

/**
 * Counts bytes that pass, and has the young generation collected now and then, in about a millisecond. Pieces of a transfer are small objects that
 * hold much memory outside of the heap: few of them fill no generation, so that they would be left until their memory makes V8 go through the
 * whole heap, again and again. That cost more than half of the time of a transfer, and 70 MB. Without `--expose-gc` (see
 * bin/launch/program.mjs) it is as it was.
 */
export function collectPieces(bytes: number): void {
  uncollected += bytes;
  if (uncollected < collectEveryBytes) return;
  uncollected = 0;
  globalThis.gc?.({ type: 'minor' });
}
