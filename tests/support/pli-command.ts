import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../src/platform/project-root.ts';

export type CommandOutcome = { status: number | null; stdout: string; stderr: string };

/** `bin/pli`, as an administrator types it, where nobody sits at the terminal. */
export function pliCommand(env: Record<string, string>) {
  const whole = environment(env);
  const program = join(projectRoot(), 'bin', 'pli');
  return {
    run(...args: string[]): CommandOutcome {
      const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', env: whole, stdio: ['ignore', 'pipe', 'pipe'] });
      return { status, stdout, stderr };
    },
    /** In a process group of its own, so that all of it can be killed at once. */
    start(...args: string[]): ChildProcess {
      return spawn(program, args, { env: whole, stdio: 'ignore', detached: true });
    },
  };
}

/** Settings of the person who runs the tests are not those of the Pli under test. */
function environment(env: Record<string, string>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(PLI_|DATABASE_|PORT$|HOST$|npm_lifecycle_event$|NODE_OPTIONS$|VITEST)/.test(name));
  return { ...Object.fromEntries(own), ...env };
}
