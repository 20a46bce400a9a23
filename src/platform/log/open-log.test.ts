import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { openLog, silentLog, standardError } from './open-log.ts';
import { requestLog } from './request-log.ts';

let lines: string[];
const log = openLog({ destination: { write: (line: string) => lines.push(line) } });

beforeEach(() => {
  lines = [];
});

test('one JSON object a line: level, instant, fields, text, and nothing about the machine', () => {
  log.warn({ reference: 'PLI-AB12-34' }, 'a job failed');
  const { time, ...line } = JSON.parse(lines.join(''));
  expect(line).toEqual({ level: 'warn', reference: 'PLI-AB12-34', msg: 'a job failed' });
  expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('a log that cannot be written throws at nobody, and keeps what was said last until it can', () => {
  const file = join(temporaryFolder(), 'log');
  const full = openSync('/dev/full', 'a');
  const destination = standardError(full);
  const written = openLog({ destination });
  written.info({}, 'nobody reads this yet');
  for (let n = 0; n < 2_000; n += 1) written.info({}, 'x'.repeat(100));
  // The same descriptor, now with room: as a disk from which something was removed.
  closeSync(full);
  expect(openSync(file, 'a')).toBe(full);
  written.info({}, 'with room again');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(JSON.parse(lines[0] ?? '').msg).toBe('nobody reads this yet');
  expect(lines.length).toBeLessThan(1_000);
  closeSync(full);
});

test('an error keeps its type, code and place, and loses what people wrote', () => {
  const refused = Object.assign(new Error('invalid input syntax for type uuid: "Dossier de Nadia"'), {
    code: '22P02',
    constraint: 'personas_address_key_key',
    detail: 'Key (address_key)=(nadia.roy@courriel.example) already exists.',
  });
  log.error({ error: new Error('cannot write to <nadia.roy@courriel.example>', { cause: refused }) }, 'request failed');
  const line = lines.join('');
  expect(line).not.toMatch(/nadia|Nadia|Dossier/);
  const { error } = JSON.parse(line);
  expect(error.cause).toMatchObject({ type: 'Error', code: '22P02', constraint: 'personas_address_key_key' });
  expect(error.stack).toContain('open-log.test.ts');
});

test('what is thrown and is no Error does not break the log, nor does a circle of causes', () => {
  const circle: Error & { cause?: unknown } = new Error('round');
  circle.cause = circle;
  log.error({ error: circle }, 'one');
  log.error({ error: 'nadia.roy@courriel.example' }, 'two');
  expect(lines).toHaveLength(2);
  expect(lines.join('')).not.toContain('nadia');
});

test('the request log writes the pattern of the route, never the address with its tokens', async () => {
  const app = new Hono().use(requestLog(log)).get('/avis/:jeton', (c) => c.text('ok'));
  await app.request('/avis/un-jeton-secret?persona=nadia.roy@courriel.example');
  expect(JSON.parse(lines.join(''))).toMatchObject({ method: 'GET', route: '/avis/:jeton', status: 200, msg: 'request' });
  expect(lines.join('')).not.toMatch(/secret|nadia/);
});

test('the silent log says nothing', () => {
  const silent = silentLog();
  for (const level of ['info', 'warn', 'error'] as const) silent[level]({}, 'x');
  expect(lines).toEqual([]);
});
