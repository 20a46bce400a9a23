import { expect, test } from 'vitest';
import { answerReader, headerOf } from './answer-reader.ts';

const withLength = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nabcde';
const chunked =
  'HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwiki\r\n1a;ext=1\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n';
const empty = 'HTTP/1.1 204 No Content\r\n\r\n';

/** The same bytes in pieces of `size`. */
function* pieces(text: string, size: number): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test.for([1, 2, 3, 7, 1000])('answers are read one after another however they are cut: pieces of %d bytes', (size) => {
  const reader = answerReader();
  const statuses = [withLength, chunked, empty, chunked, withLength].map((text) => {
    const answers = [...pieces(text, size)].map((piece) => reader.take(piece));
    // The last byte makes it whole, and none before.
    expect(answers.slice(0, -1).every((answer) => answer === undefined)).toBe(true);
    return answers.at(-1)?.status;
  });
  expect(statuses).toEqual([200, 503, 204, 503, 200]);
});

test('the body is counted, kept only when asked for, and headers are found whatever their case', () => {
  const [counted, kept] = [answerReader().take(Buffer.from(withLength)), answerReader({ keep: true }).take(Buffer.from(withLength))];
  expect([counted?.bytes, counted?.body, kept?.body]).toEqual([5, '', 'abcde']);
  const refused = answerReader().take(Buffer.from(chunked));
  expect([headerOf(refused?.head ?? '', 'retry-after'), headerOf(refused?.head ?? '', 'location')]).toEqual(['2', undefined]);
});
