/** Gives what the source gives, and breaks off when it has given nothing for `silenceMs` while it was asked. The time its reader takes does not count. */
export async function* timely(source: AsyncIterable<Buffer>, silenceMs: number): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let giveUp: (error: Error) => void = () => undefined;
  const silence = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  silence.catch(() => undefined); // Nobody may be waiting any more.
  let waiting = true;
  const timer = setTimeout(function silent() {
    if (waiting) giveUp(new Error(`Nothing came for ${silenceMs} ms.`));
  }, silenceMs);
  try {
    for (;;) {
      waiting = true;
      timer.refresh();
      const next = await Promise.race([chunks.next(), silence]);
      waiting = false;
      if (next.done) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
  }
}
