import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project-root.ts';

export type StartedPli = {
  url: string;
  port: number;
  dataDir: string;
  launcher: ChildProcess;
  /** From the command to the first healthy answer. */
  readyAfterMs: number;
  /** All that it has printed so far. */
  output(): string;
  /** Asks it to stop and answers its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

export type StartOptions = {
  dataDir?: string;
  port?: number;
  env?: Record<string, string>;
  /** What stands before `node bin/start.mjs`: `setpriv --reuid …`, for instance. */
  before?: string[];
  /** A file for all that it prints, which is then not kept here: for a Pli that says much. */
  printTo?: string;
};

const readyWithinMs = 90_000;

/** A new data folder, 0700 as mkdtemp makes it; removed by `removeFolder`. */
export function newDataFolder(): string {
  return join(mkdtempSync(join(tmpdir(), 'pli-started-')), 'data');
}

export function removeFolder(dataDir: string): void {
  rmSync(join(dataDir, '..'), { recursive: true, force: true });
}

/** Runs `bin/start.mjs` as a person would, and waits until it is healthy. Throws with what it printed when it ends before. */
export async function startPli(options: StartOptions = {}): Promise<StartedPli> {
  const begun = performance.now();
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? newDataFolder();
  const running = launchPli({ ...options, port, dataDir });
  const url = `http://127.0.0.1:${port}`;
  while (!(await isReady(url))) {
    if (running.ended()) throw new Error(`Pli ended before it was ready:\n${running.output()}`);
    if (performance.now() - begun > readyWithinMs) throw new Error(`Pli was not ready in time:\n${running.output()}`);
  }
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (!running.ended()) running.launcher.kill(signal);
    return running.exitCode;
  };
  return { url, port, dataDir, launcher: running.launcher, readyAfterMs: performance.now() - begun, output: running.output, stop };
}

/** The command alone, for starts that are expected to be refused. */
export function launchPli(options: StartOptions) {
  const [program = process.execPath, ...args] = [...(options.before ?? []), process.execPath, join(projectRoot(), 'bin', 'start.mjs')];
  const output = options.printTo === undefined ? 'pipe' : openSync(options.printTo, 'a');
  const launcher: ChildProcess = spawn(program, args, { env: environment(options), stdio: ['ignore', output, output] });
  if (typeof output === 'number') closeSync(output);
  const printed: string[] = [];
  for (const stream of [launcher.stdout, launcher.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const exitCode = once(launcher, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  return { launcher, exitCode, output: () => printed.join(''), ended: () => launcher.exitCode !== null || launcher.signalCode !== null };
}

/** Settings of the person who runs the tests are not those of the Pli under test. */
function environment({ port, dataDir, env }: StartOptions): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PLI_|DATABASE_|PORT$|HOST$|npm_lifecycle_event$|NODE_OPTIONS$|VITEST)/.test(name));
  return {
    ...Object.fromEntries(own),
    PLI_DEMO: 'off',
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...(dataDir ? { PLI_DATA: dataDir } : {}),
    ...env,
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 20)); // Nobody listens yet.
    return false;
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}
