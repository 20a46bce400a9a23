import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Bindings, type Listening, listen } from './listen.ts';
import { streaming } from './streamed-body.ts';

let server: Listening;
let answers: (env: Bindings) => Response;

beforeEach(async () => {
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  server = await listen({ host: '127.0.0.1', port: 0, fetch: (_, env) => answers(env), log });
});
afterEach(() => server.close());

const content = randomBytes(1_000_000);
const pieces = () => Array.from({ length: 10 }, (_, index) => content.subarray(index * 100_000, (index + 1) * 100_000));

/** A source that never ends by itself. */
function endless(): Readable {
  return new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });
}

async function ask(): Promise<IncomingMessage> {
  const [answer] = await once(get(`http://127.0.0.1:${server.port}/`, { agent: false }), 'response');
  return answer;
}

test('the bytes arrive whole, with the status and every header of the answer', async () => {
  answers = ({ streamed }) => {
    const headers = new Headers({ 'content-length': String(content.length), 'content-type': 'application/pdf' });
    for (const cookie of ['one=1', 'two=2']) headers.append('set-cookie', cookie);
    return new Response(streamed(Readable.from(pieces())), { status: 206, headers });
  };
  const answer = await ask();
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['set-cookie']]).toEqual([206, 'application/pdf', ['one=1', 'two=2']]);
  expect((await buffer(answer)).equals(content)).toBe(true);
});

test('another answer in its place is the one that is given, and the source is let go', async () => {
  const source = endless();
  answers = ({ streamed }) => {
    streamed(source);
    return new Response('sorry', { status: 500 });
  };
  const answer = await ask();
  expect([answer.statusCode, String(await buffer(answer))]).toEqual([500, 'sorry']);
  expect(source.destroyed).toBe(true);
});

test('whoever goes away in the middle lets go of the source', async () => {
  const source = endless();
  answers = ({ streamed }) => new Response(streamed(source));
  const answer = await ask();
  await once(answer, 'data');
  const closed = new Promise((resolve) => source.once('close', resolve));
  answer.destroy();
  await closed;
  expect(source.destroyed).toBe(true);
});

test('a source that fails cuts the answer short, which is seen, and the server goes on', async () => {
  answers = ({ streamed }) => {
    let left = 3;
    const source = new Readable({
      read() {
        left -= 1;
        if (left > 0) this.push(content.subarray(0, 100_000));
        else this.destroy(new Error('damaged'));
      },
    });
    return new Response(streamed(source), { headers: { 'content-length': String(content.length) } });
  };
  await expect(buffer(await ask())).rejects.toThrow('aborted');
  answers = () => new Response('fine');
  expect(String(await buffer(await ask()))).toBe('fine');
});

test('without a server it is a body like another, which may be given up', async () => {
  expect(Buffer.from(await new Response(streaming().streamed(Readable.from(pieces()))).arrayBuffer()).equals(content)).toBe(true);
  const source = endless();
  await streaming().streamed(source).cancel();
  expect(source.destroyed).toBe(true);
});
