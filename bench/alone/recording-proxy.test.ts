import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../tests/support/database.ts';
import { type Statement, statementReader } from './frontend-messages.ts';
import { openRecordingProxy, type RecordingProxy } from './recording-proxy.ts';
import { openAlone } from './run-alone.ts';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let proxy: RecordingProxy;
let client: pg.Client;

beforeAll(async () => {
  database = await cloneDatabase();
  proxy = await openRecordingProxy(database.url);
  client = new pg.Client({ connectionString: proxy.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  proxy.close();
  await database.drop();
});

test('what is asked through the proxy is answered, and written down as it was sent', async () => {
  const text = 'select $1::text as word, $2::int[] as many, $3::bytea as bytes, $4::text as nothing';
  const ask = async (values: unknown[]) => (await client.query({ name: 'named', text, values })).rows[0];
  const recorded = await proxy.during(async () => {
    expect(await ask(['été', [1, 2], Buffer.from([0, 255]), null])).toEqual({ word: 'été', many: [1, 2], bytes: Buffer.from([0, 255]), nothing: null });
    // Prepared by now: only its name travels.
    await ask(['', [], Buffer.alloc(0), 'x']);
    await client.query('select 1');
  });
  expect(recorded).toEqual([
    { text, values: ['été', '{"1","2"}', Buffer.from([0, 255]), null] },
    { text, values: ['', '{}', Buffer.alloc(0), 'x'] },
    { text: 'select 1', values: [] },
  ]);
  await ask(['unheard', [], Buffer.alloc(0), null]);
  expect(recorded).toHaveLength(3);
});

test('recorded statements are run again alone, with the same values', async () => {
  await client.query('create table heard (word text)');
  const recorded = await proxy.during(() => client.query('insert into heard select $1::text where $2::int = any($3::int[])', ['bonjour', 2, [1, 2]]));
  const alone = await openAlone(database.url, 2);
  const round = await alone.round([recorded], 0.05);
  await alone.close();
  const { rows } = await client.query('select count(*)::int as many from heard where word = $1', ['bonjour']);
  expect(rows).toEqual([{ many: round.acts + 1 }]);
});

test('messages are understood however they are cut', async () => {
  const whole: Buffer[] = [];
  const message = (type: string, body: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(body.length + 4);
    whole.push(Buffer.from(type), length, body);
  };
  message('', Buffer.from([0, 3, 0, 0]));
  message('P', Buffer.from('one\0select $1\0\0\0'));
  message('B', Buffer.from('\0one\0\0\0\0\x01\0\0\0\x02ab\0\0'));
  message('Q', Buffer.from('begin\0'));
  const heard: Statement[] = [];
  const reader = statementReader((statement) => heard.push(statement));
  for (const byte of Buffer.concat(whole)) reader.take(Buffer.of(byte));
  expect(heard).toEqual([
    { text: 'select $1', values: ['ab'] },
    { text: 'begin', values: [] },
  ]);
});
