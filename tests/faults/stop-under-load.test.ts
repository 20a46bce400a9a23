import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { descendantsOf, killAtOnce } from '../machine/processes.ts';
import { correspondent } from '../support/correspondent.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { webVisitor } from '../support/web-visitor.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

const rounds = atScale({ short: 1, ordinary: 10, long: 100 });
/** Connections that ask without a pause, those that ask now and then, and those that are silent when the stop comes and ask a moment after. */
const connections = { busy: 16, pausing: 16, silent: 8 };
const stoppedWithinMs = 10_000;
const dataDir = newDataFolder();
let pli: StartedPli | undefined;

afterEach(async () => {
  await pli?.stop('SIGKILL');
  removeFolder(dataDir);
});

type Tally = { answered: number; told: number; failed: string[] };

/** One connection kept alive, as a proxy keeps it. Ends when it is told: by `Connection: close`, by an end, or by a new connection refused. */
async function client(asked: { url: string; cookie: string; tally: Tally; pauseMs: number }): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    for (let on = true; on; ) {
      on = await ask(agent, asked);
      if (asked.pauseMs > 0) await pause(Math.random() * asked.pauseMs);
    }
  } finally {
    agent.destroy();
  }
}

async function ask(agent: Agent, { url, cookie, tally }: { url: string; cookie: string; tally: Tally }): Promise<boolean> {
  const sent = request(`${url}/connexion`, { agent, headers: { cookie } });
  try {
    const answer = await answerTo(sent);
    if (answer.statusCode !== 200) tally.failed.push(`status ${answer.statusCode}`);
    tally.answered += 1;
    return true;
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : String(fault);
    // Not taken at all: the door is closed, and whoever asks knows it. A request on a connection that was open has to be answered.
    if (code === 'ECONNREFUSED' || (code === 'ECONNRESET' && !sent.reusedSocket)) tally.told += 1;
    else tally.failed.push(`${code}${sent.reusedSocket ? ' on an open connection' : ''}`);
    return false;
  }
}

async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  const answered = once(sent, 'response');
  sent.end();
  const [answer] = (await answered) as [IncomingMessage]; // of node:http
  for await (const _ of answer);
  return answer;
}

const get = 'GET /health/live HTTP/1.1\r\nHost: pli\r\n\r\n';

/** A connection that was answered once and then silent; `asks` sends a request on it, just as the stop comes, and waits for what becomes of it. */
async function silent(port: number, tally: Tally): Promise<{ asks: (afterMs: number) => Promise<void> }> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  socket.on('error', () => undefined); // Its end is what is looked at.
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.write(get);
  await vi.waitFor(() => expect(answer).toContain('\r\n\r\n'), { timeout: 20_000, interval: 5 });
  return {
    async asks(afterMs) {
      answer = '';
      await pause(afterMs);
      const told = socket.readableEnded || socket.destroyed;
      if (!told) socket.write(get);
      await closed;
      if (answer.startsWith('HTTP/1.1 200')) tally.answered += 1;
      else if (told) tally.told += 1;
      else tally.failed.push('no answer on a connection that was open');
    },
  };
}

/** Load, then the stop in the middle of it; what each request met. */
async function stopUnderLoad({ killed }: { killed: boolean }): Promise<{ tally: Tally; ms: number; exit: number | null }> {
  const running = await startPli({ dataDir, env: { PLI_DEMO: 'on' } });
  pli = running;
  const jean = webVisitor(running.url);
  await correspondent(running.url, 'jeand@courriel.example', jean);
  const cookie = jean.cookie();
  const tally: Tally = { answered: 0, told: 0, failed: [] };
  const shared = { url: running.url, cookie, tally };
  const quiet = await Promise.all(Array.from({ length: connections.silent }, () => silent(running.port, tally)));
  const clients = [
    ...Array.from({ length: connections.busy }, () => client({ ...shared, pauseMs: 0 })),
    ...Array.from({ length: connections.pausing }, () => client({ ...shared, pauseMs: 60 })),
  ];
  await pause(1_000);
  clients.push(...quiet.map(({ asks }, n) => asks(5 * n)));
  const begun = performance.now();
  if (killed) killAtOnce([running.launcher.pid ?? 0, ...descendantsOf(running.launcher.pid ?? 0)]);
  const exit = await running.stop();
  const ms = performance.now() - begun;
  await Promise.all(clients);
  return { tally, ms, exit };
}

test(
  'SIGTERM under load: every request on the wire is answered, whoever comes later is refused at the door',
  async () => {
    const stops: number[] = [];
    const failed: string[] = [];
    let answered = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { tally, ms, exit } = await stopUnderLoad({ killed: false });
      expect(exit).toBe(0);
      stops.push(ms);
      answered += tally.answered;
      failed.push(...tally.failed);
    }
    const killed = await stopUnderLoad({ killed: true });
    const of = `${answered} requests answered`;
    const controls = [{ broken: 'kill -9 instead', expected: 'some', seen: killed.tally.failed.length } as const];
    if (failed.length > 0) process.stderr.write(`${failed.join(', ')}\n`);
    conclude({ fault: 'SIGTERM under load', rounds, lost: failed.length, recoveries: stops, withinMs: stoppedWithinMs, of, controls });
  },
  patience,
);
