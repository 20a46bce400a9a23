import { constants, crc32, deflateRawSync } from 'node:zlib';
import type { Html } from '#web/kit/html.ts';

/** The end of a page that is the same for many: compressed once, as hard as can be. */
type End = { text: string; bytes: Buffer; deflated: Buffer };

const ends = new WeakMap<Html, End>();
const closing = '</body></html>';

function endOf(piece: Html): End {
  const known = ends.get(piece);
  if (known) return known;
  const text = `${piece}${closing}`;
  const bytes = Buffer.from(text);
  const end = { text, bytes, deflated: deflateRawSync(bytes, { level: constants.Z_BEST_COMPRESSION }) };
  ends.set(piece, end);
  return end;
}

/** RFC 1952 §2.3: deflate, no name, no date, fastest, Unix. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 4, 3]);

/**
 * The page as one member of gzip (RFC 1952). `last`: the piece before the closing tags (the shapes of the icons), when it is drawn once for
 * many pages: what was compressed of it is put behind the rest, which ends on a byte (Z_SYNC_FLUSH), and neither looks back into the other.
 *
 * Level 1: most of the gain for a third of the time. In this thread, which is shorter than a trip to another one for some 30 kB.
 */
export function compressedPage(html: string, last: Html | undefined): Uint8Array<ArrayBuffer> {
  const end = last && endOf(last);
  const shared = end && html.endsWith(end.text) ? end : undefined;
  const own = Buffer.from(shared ? html.slice(0, -shared.text.length) : html);
  const deflated = deflateRawSync(own, { level: constants.Z_BEST_SPEED, finishFlush: shared ? constants.Z_SYNC_FLUSH : constants.Z_FINISH });
  const trailer = Buffer.allocUnsafe(8);
  const sum = crc32(own);
  trailer.writeUInt32LE(shared ? crc32(shared.bytes, sum) : sum, 0);
  trailer.writeUInt32LE(own.length + (shared?.bytes.length ?? 0), 4);
  return Buffer.concat(shared ? [header, deflated, shared.deflated, trailer] : [header, deflated, trailer]);
}
