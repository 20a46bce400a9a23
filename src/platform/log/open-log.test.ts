import { Hono } from 'hono';
import { beforeEach, expect, test } from 'vitest';
import { openLog, silentLog } from './open-log.ts';
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
