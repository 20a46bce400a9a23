import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { childrenOf, parentOf, programOf, serverProcesses } from './processes.ts';

const dataDir = newDataFolder();
let pli: StartedPli;

beforeAll(async () => {
  pli = await startPli({ dataDir, env: { PLI_DEMO: 'on', PLI_WORKERS: '3' } });
  await vi.waitFor(() => expect(workers()).toHaveLength(3), 20_000);
});
afterAll(async () => {
  await pli.stop('SIGKILL');
  await vi.waitFor(() => expect(serverProcesses(dataDir)).toEqual([]), 20_000);
  removeFolder(dataDir);
});

const supervisor = () => programOf(pli.launcher.pid ?? 0);
/** The processes that answer: those of the supervising one that are not PostgreSQL's. */
const workers = () => childrenOf(supervisor()).filter((pid) => !serverProcesses(dataDir).includes(pid));

/** Asks on connections of their own, so that each process gets some. */
function askOften<T>(ask: () => Promise<T>, times = 12): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, ask));
}
const fresh = (path: string, init: RequestInit = {}) => fetch(pli.url + path, { ...init, headers: { ...init.headers, connection: 'close' } });
async function countOf(name: string): Promise<number> {
  const text = await (await fresh('/metrics')).text();
  const lines = text.split('\n').filter((line) => line.startsWith(name));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describe('several processes answer as one Pli', () => {
  test('whichever is asked, /metrics counts what all of them answered', async () => {
    const before = await countOf('pli_requests_total{method="GET",route="/aide"');
    await askOften(async () => expect((await fresh('/aide')).status).toBe(200), 30);
    const counts = await askOften(() => countOf('pli_requests_total{method="GET",route="/aide"'), 6);
    expect(counts).toEqual(Array(6).fill(before + 30));
  });

  test('the demonstration’s clock, once moved, is moved for all of them', async () => {
    const moved = await fresh('/demo/horloge', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"avance":"P1D"}' });
    const { now } = (await moved.json()) as { now: string };
    const told = await askOften(async () => ((await (await fresh('/demo/horloge')).json()) as { now: string }).now);
    for (const one of told) expect(Date.parse(one)).toBeGreaterThanOrEqual(Date.parse(now));
  });

  test('one that is killed is replaced, and the others answer meanwhile', async () => {
    const [victim = 0] = workers();
    process.kill(victim, 'SIGKILL');
    // A connection that it held is cut; a new one finds somebody.
    await vi.waitFor(() => expect(parentOf(victim)).toBeUndefined(), 5_000);
    for (const answer of await askOften(() => fresh('/aide'))) expect(answer.status).toBe(200);
    await vi.waitFor(() => expect(workers()).toHaveLength(3), 20_000);
    await vi.waitFor(async () => expect(new Set(await askOften(async () => (await fresh('/health/ready')).status))).toEqual(new Set([200])), 20_000);
  });

  test('asked to stop, all of them end, requests under way first', async () => {
    const own = [...workers(), supervisor()];
    const asked = await Promise.all(Array.from({ length: 9 }, beginPost));
    const code = pli.stop();
    for (const request of asked) expect(await request.finish()).toMatch(/^HTTP\/1\.1 (?:200|303|403)/);
    expect(await code).toBe(0);
    expect(own.map(parentOf)).toEqual(own.map(() => undefined));
  });
});

/** A form of which only half has arrived; `finish` sends the rest and answers what came back. */
async function beginPost() {
  const body = 'identifiant=jeand%40courriel.example';
  const socket = connect(pli.port, '127.0.0.1');
  await once(socket, 'connect');
  const head = `POST /ouvrir-une-session HTTP/1.1\r\nHost: 127.0.0.1:${pli.port}\r\nOrigin: ${pli.url}\r\nExpect: 100-continue`;
  socket.write(`${head}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n`);
  // «100 Continue» says that a process has it in hand.
  const [continued] = await once(socket, 'data');
  expect(String(continued)).toMatch(/^HTTP\/1\.1 100/);
  return {
    async finish(): Promise<string> {
      socket.write(body);
      const [answer] = await once(socket, 'data');
      return String(answer);
    },
  };
}
