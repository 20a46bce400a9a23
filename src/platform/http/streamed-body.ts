import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export type Streaming = {
  /**
   * A source of bytes as the body of the answer. `send` writes the source to the connection itself when that body is still what is answered:
   * a web stream between them copies each piece, for a third of what a download costs. Anybody else reads the body as any other; nothing is
   * read from the source before. It is destroyed when whoever asked goes away.
   */
  streamed: (source: Readable) => ReadableStream;
  /** Whether the answer was sent here: it is when its body is the one streamed. A source that fails cuts the connection. */
  send: (response: Response, outgoing: ServerResponse) => boolean;
};

/** For one request. */
export function streaming(): Streaming {
  let offer: { body: ReadableStream; source: Readable } | undefined;
  return {
    streamed(source) {
      offer = { body: bodyOf(source), source };
      return offer.body;
    },
    send(response, outgoing) {
      if (!offer) return false;
      // Asked of these alone: the adapter's answers are made into real ones when they are asked for their body.
      if (response.body !== offer.body) {
        offer.source.destroy();
        return false;
      }
      outgoing.writeHead(response.status, [...response.headers].flat());
      // Whoever asked may go away, and a blob may be damaged: both end the connection before its length, which is how it is told.
      pipeline(offer.source, outgoing).catch(() => outgoing.destroy());
      return true;
    },
  };
}

/** `ReadableStream.from` would leave open a source that is given up before it was read, and `Readable.toWeb` would begin to read it. */
function bodyOf(source: Readable): ReadableStream {
  const pieces = source[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => void source.destroy(),
    },
    { highWaterMark: 0 },
  );
}
