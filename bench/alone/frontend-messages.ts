/** A statement as it was sent: its text, and its values as they travelled (text, or bytes where they were binary). */
export type Statement = { text: string; values: (string | Buffer | null)[] };

/**
 * Reads what a client sends to PostgreSQL (protocol 3.0, «Message Formats») and says each statement that is executed. Only what `pg` uses is
 * understood: simple queries, and Parse, Bind, Execute.
 */
export function statementReader(said: (statement: Statement) => void) {
  let pending: Buffer = Buffer.alloc(0);
  let started = false;
  const prepared = new Map<string, string>();

  function read(type: string, body: Buffer): void {
    if (type === 'Q') said({ text: body.toString('utf8', 0, body.length - 1), values: [] });
    if (type === 'P') {
      const [name, text] = strings(body, 2);
      prepared.set(name ?? '', text ?? '');
    }
    if (type === 'B') {
      const { statement, values } = parseBind(body);
      said({ text: prepared.get(statement) ?? '', values });
    }
  }

  /** The next whole message, taken off what has arrived. */
  function nextMessage(): Buffer | undefined {
    // The first message has no type: it says which protocol is spoken.
    const head = started ? 1 : 0;
    if (pending.length < head + 4) return undefined;
    const end = head + pending.readInt32BE(head);
    if (pending.length < end) return undefined;
    const message = pending.subarray(0, end);
    pending = pending.subarray(end);
    return message;
  }

  return {
    take(chunk: Buffer): void {
      pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      for (let message = nextMessage(); message; message = nextMessage()) {
        if (started) read(String.fromCharCode(message[0] ?? 0), message.subarray(5));
        started = true;
      }
    },
  };
}

function parseBind(body: Buffer): { statement: string; values: Statement['values'] } {
  const [portal = '', statement = ''] = strings(body, 2);
  let at = Buffer.byteLength(portal) + Buffer.byteLength(statement) + 2;
  const taken = (bytes: number) => {
    at += bytes;
    return body.subarray(at - bytes, at);
  };
  const int16 = () => taken(2).readInt16BE();
  const formats = Array.from({ length: int16() }, int16);
  const values = Array.from({ length: int16() }, (_, n) => {
    const length = taken(4).readInt32BE();
    if (length < 0) return null;
    const value = taken(length);
    // One format is for all of them.
    const binary = (formats.length === 1 ? formats[0] : formats[n]) === 1;
    return binary ? Buffer.from(value) : value.toString();
  });
  return { statement, values };
}

/** The first strings of a message, each with its zero. */
function strings(body: Buffer, many: number): string[] {
  const found: string[] = [];
  for (let at = 0; found.length < many; ) {
    const end = body.indexOf(0, at);
    found.push(body.toString('utf8', at, end));
    at = end + 1;
  }
  return found;
}
