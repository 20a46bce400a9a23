import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project-root.ts';
import { type StartedPli, startPli } from '../../tests/support/started-pli.ts';
import type { Target } from '../load/connection.ts';

export type Running = { target: Target; pid: number; readyAfterMs: number; stop(): Promise<void> };

/** Pli as an institution starts it, on the data folder of a run; with as many processes as whoever measures says by `PLI_WORKERS`. */
export async function startOn(dataDir: string, env: Record<string, string> = {}): Promise<Running> {
  const { PLI_WORKERS } = process.env;
  const workers = PLI_WORKERS === undefined ? {} : { PLI_WORKERS };
  const started = await startPli({ dataDir, env: { PLI_DEMO: 'off', ...workers, ...env }, printTo: join(dataDir, '..', 'pli.log') });
  // However this process ends, what it started does not stay.
  process.once('exit', () => started.launcher.kill());
  return running(started);
}

function running({ port, launcher, readyAfterMs, stop }: StartedPli): Running {
  const target = { host: '127.0.0.1', port };
  return { target, pid: launcher.pid ?? 0, readyAfterMs: Math.round(readyAfterMs), stop: async () => void (await stop()) };
}

/** What Pli is compared with, in a process of its own; `folder` holds the file it sends and the one it writes. */
export async function startBare(folder: string): Promise<{ target: Target; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(projectRoot(), 'bench', 'bare-server.ts'), folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer]; // the one line it prints
  return {
    target: { host: '127.0.0.1', port: Number(port) },
    async stop() {
      child.kill();
      await once(child, 'close');
    },
  };
}
