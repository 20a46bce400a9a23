/** What came back of one request: its head, and how many bytes its body had on the wire. */
export type Answer = { status: number; head: string; bytes: number; body: string };

export type AnswerReader = {
  /** Takes what has arrived; the answer, once whole. Nothing may follow it before the next request: this reads no pipelined answers. */
  take(chunk: Buffer): Answer | undefined;
};

/** Takes the next bytes of a body; true when they are its last. */
type TakeBody = (bytes: Buffer) => boolean;

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Reads one HTTP/1.1 answer (RFC 9112) after another as cheaply as can be: the body is counted and dropped, unless `keep`. It trusts its server,
 * and knows no body that ends with the connection.
 */
export function answerReader({ keep = false }: { keep?: boolean } = {}): AnswerReader {
  let head: Buffer = Buffer.alloc(0);
  let answer: Answer | undefined;
  let body: TakeBody | undefined;
  let kept: Buffer[] = [];

  function takeBody(chunk: Buffer): Answer | undefined {
    if (!answer || !body) throw new Error('A body came before its head');
    if (keep) kept.push(chunk);
    answer.bytes += chunk.length;
    if (!body(chunk)) return undefined;
    const done = { ...answer, body: keep ? Buffer.concat(kept).toString() : '' };
    head = Buffer.alloc(0);
    answer = undefined;
    kept = [];
    return done;
  }

  return {
    take(chunk) {
      if (answer) return takeBody(chunk);
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
      const end = head.indexOf(headEnd);
      if (end < 0) return undefined;
      const text = head.toString('latin1', 0, end);
      const rest = head.subarray(end + headEnd.length);
      answer = { status: Number(text.slice(9, 12)), head: text, bytes: 0, body: '' };
      body = bodyOf(text);
      return takeBody(rest);
    },
  };
}

function bodyOf(head: string): TakeBody {
  if (/^transfer-encoding: *chunked/imu.test(head)) return takeChunks();
  let left = Number(headerOf(head, 'content-length') ?? 0);
  return (bytes) => {
    left -= bytes.length;
    return left <= 0;
  };
}

/** A header of an answer, by its name in lower case. */
export function headerOf(head: string, name: string): string | undefined {
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    if (line.slice(0, colon).toLowerCase() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}

/** Chunked coding (RFC 9112 §7.1), without trailers, which nobody sends us. */
function takeChunks(): TakeBody {
  let line = '';
  // Bytes of the chunk being read, with the CRLF behind it; none while its size is.
  let left = 0;
  let last = false;

  /** The rest of a line that says a size; answers where it ends. */
  function readSize(bytes: Buffer, at: number): number {
    const feed = bytes.indexOf(10, at);
    line += bytes.toString('latin1', at, feed < 0 ? bytes.length : feed);
    if (feed < 0) return bytes.length;
    const size = Number.parseInt(line, 16);
    line = '';
    last = size === 0;
    left = size + 2;
    return feed + 1;
  }

  return (bytes) => {
    for (let at = 0; at < bytes.length; ) {
      if (left === 0) {
        at = readSize(bytes, at);
        continue;
      }
      const skipped = Math.min(left, bytes.length - at);
      at += skipped;
      left -= skipped;
      if (last && left === 0) return true;
    }
    return false;
  };
}
