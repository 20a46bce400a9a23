import { type Connection, openConnection, type Target } from '../load/connection.ts';
import { playRound, type Round } from '../load/round.ts';
import { signIn } from '../load/sign-in.ts';
import { medians, rounded } from '../load/statistics.ts';
import type { Watch } from '../machine/watch-pli.ts';
import type { Options } from '../options.ts';
import type { Result } from '../report.ts';
import type { Cast } from '../seed/prepare-data.ts';

/** What every row has at hand. */
export type Bench = {
  target: Target;
  /** A bare `node:http` in a process of its own. */
  bare: Target;
  /** Where the run's files lie. */
  folder: string;
  cast: Cast;
  watch: Watch;
  options: Options;
  sessions: Sessions;
  /** How fast the bare hello and the pages' own SQL went, measured before. */
  calibration: Calibration;
};

/** Requests a second: of the hello by connections, of each page's SQL at 8. */
export type Calibration = { hello: Record<string, number>; sql: Record<string, number> };

export type Sessions = {
  /** The cookie of a person who has signed in, once. */
  of(address: string): Promise<string>;
  keep(address: string, cookie: string): void;
  /** The addresses of those who have. */
  known(): string[];
};

export const connectionCounts = [1, 8, 32] as const;

export function openSessions(target: Target): Sessions {
  const cookies = new Map<string, string>();
  return {
    keep: (address, cookie) => void cookies.set(address, cookie),
    known: () => [...cookies.keys()],
    async of(address) {
      const known = cookies.get(address);
      if (known) return known;
      const connection = openConnection(target);
      const cookie = await signIn(connection, target, address).finally(connection.close);
      cookies.set(address, cookie);
      return cookie;
    },
  };
}

type Row = { name: string; connections: number; ratioTo?: number | undefined };

/** The rounds of a row, and of each figure the median. Processor is given for one act. */
export async function playRow({ watch, options }: Bench, { name, connections, ratioTo }: Row, play: () => Promise<Round>): Promise<Result> {
  const rounds = [];
  for (let n = 0; n < options.rounds; n++) {
    const { value, cost } = await watch.during(play);
    const { pli, postgres } = cost.cpuMs;
    rounds.push({ ...value, pli: pli / value.acts, postgres: postgres / value.acts, lagMs: cost.lagMs, peakRssMb: cost.peakRssMb });
  }
  const { rps, p50, p99, pli, postgres, lagMs, peakRssMb } = medians(rounds);
  return {
    ...{ name, connections, rps: rounded(rps), p50: rounded(p50), p99: rounded(p99) },
    ...(lagMs === undefined ? {} : { lagMs: rounded(lagMs) }),
    cpuMs: { pli: rounded(pli), postgres: rounded(postgres) },
    peakRssMb: rounded(peakRssMb ?? 0),
    ...(ratioTo ? { ratio: rounded(rps / ratioTo) } : {}),
  };
}

const warmUpConnections = 8;

/** What a server does all day is compiled by V8 within its first seconds or minute: it is done for a while before it is measured. */
export async function warmUp({ target, options }: Bench, act: (connection: Connection, client: number, n: number) => Promise<void>): Promise<void> {
  await withConnections(target, warmUpConnections, (open) =>
    playRound((client, n) => act(turn(open, client), client, n), { clients: warmUpConnections, seconds: options.warmUpSeconds }),
  );
}

/** Connections that are open while `work` runs. */
export async function withConnections<T>(target: Target, many: number, work: (open: Connection[]) => Promise<T>): Promise<T> {
  const open = Array.from({ length: many }, () => openConnection(target));
  try {
    return await work(open);
  } finally {
    for (const connection of open) connection.close();
  }
}

/** The `n`th of them, from the beginning again past the end. */
export function turn<T>(of: readonly T[], n: number): T {
  const found = of[n % of.length];
  if (found === undefined) throw new Error('There is nothing to take turns in');
  return found;
}
