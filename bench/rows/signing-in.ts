import { headerOf } from '../load/answer-reader.ts';
import { openConnection, requestHead } from '../load/connection.ts';
import { playAtRate, playRound, roundOf } from '../load/round.ts';
import { beginSignIn, expectStatus, givePassword, signIn } from '../load/sign-in.ts';
import { rounded } from '../load/statistics.ts';
import type { Result } from '../report.ts';
import { type Bench, connectionCounts, playRow, turn, withConnections } from './bench.ts';

/** `sign-in`: a whole one, of a different person each time: who it is, then the password. Both are posted; their forms are not fetched. */
export async function measureSignIn(bench: Bench): Promise<Result[]> {
  const { target, cast, options, sessions } = bench;
  const results: Result[] = [];
  let next = 0;
  const addresses = everybody(bench);
  for (const connections of connectionCounts) {
    const row = { name: 'sign-in', connections, ratioTo: bench.calibration.hello[connections] };
    const result = await withConnections(target, connections, async (open) => {
      const act = async (client: number) => {
        const address = turn(addresses, next++);
        // The screens of `live` are these people's.
        sessions.keep(address, await signIn(turn(open, client), target, address));
      };
      return playRow(bench, row, () => playRound(act, { clients: connections, seconds: options.seconds }));
    });
    results.push(result);
  }
  if (cast.pairs.length === 0) throw new Error('Nobody could sign in');
  return results;
}

function everybody({ cast }: Bench): string[] {
  return [...cast.pairs.flatMap(({ one, other }) => [one.address, other.address]), ...cast.others];
}

const overloadSeconds = 5;
const othersPerSecond = 20;

/**
 * `sign-in-overload`: ten times as many passwords a second as can be taken, from many addresses, each by a browser that has said who it is;
 * `p50` and `p99` are those of the ones let in. Meanwhile somebody reads their list: `othersP95` is what they wait.
 */
export async function measureOverload(bench: Bench, capacity: number): Promise<Result> {
  const { target, cast } = bench;
  const offered = Math.round(capacity * 10);
  const addresses = everybody(bench);
  const flows = await beginMany(bench, addresses, offered * overloadSeconds);
  const cookie = await bench.sessions.of(cast.long.address);
  const counted = { accepted: 0, refused: 0, withoutRetryAfter: 0, otherwise: 0 };
  const waits: number[] = [];
  const others: number[] = [];
  const idle: ReturnType<typeof openConnection>[] = [];
  const givePasswordOf = async (n: number) => {
    const connection = idle.pop() ?? openConnection(target, { from: loopback(n) });
    const sent = performance.now();
    const { status, head } = await givePassword(connection, target, turn(flows, n));
    if (status === 303) waits.push(performance.now() - sent);
    counted.accepted += Number(status === 303);
    counted.refused += Number(status === 503);
    counted.withoutRetryAfter += Number(status === 503 && headerOf(head, 'retry-after') === undefined);
    counted.otherwise += Number(status !== 503 && status !== 303);
    idle.push(connection);
  };
  const readList = async () => {
    const connection = openConnection(target);
    const sent = performance.now();
    expectStatus(await connection.ask(requestHead({ path: '/connexion', target, cookie })), 200);
    others.push(performance.now() - sent);
    connection.close();
  };
  const { cost } = await bench.watch.during(() =>
    Promise.all([
      playAtRate(givePasswordOf, { perSecond: offered, seconds: overloadSeconds }),
      playAtRate(readList, { perSecond: othersPerSecond, seconds: overloadSeconds }),
    ]),
  );
  for (const connection of idle) connection.close();
  const { rps, p50, p99 } = roundOf(waits, overloadSeconds);
  return {
    ...{ name: 'sign-in-overload', rps: rounded(rps), p50: rounded(p50), p99: rounded(p99), peakRssMb: rounded(cost.peakRssMb) },
    ...(cost.lagMs === undefined ? {} : { lagMs: rounded(cost.lagMs) }),
    offeredPerS: offered,
    ...counted,
    othersP95: rounded(roundOf(others, overloadSeconds).p95),
  };
}

/** Browsers that have said who they are, a few at a time. */
async function beginMany({ target }: Bench, addresses: string[], many: number): Promise<string[]> {
  const flows: string[] = [];
  const open = Array.from({ length: 4 }, (_, n) => Array.from({ length: 8 }, (_each, from) => openConnection(target, { from: loopback(n * 8 + from) })));
  await Promise.all(
    open.map(async (connections, n) => {
      for (let at = n; at < many; at += open.length)
        flows[at] = await beginSignIn(turn(connections, Math.floor(at / open.length)), target, turn(addresses, at));
    }),
  );
  for (const connection of open.flat()) connection.close();
  return flows;
}

/** People come from many places: what one place may begin and get wrong in an hour is limited. */
function loopback(n: number): string {
  return `127.0.${1 + (Math.floor(n / 250) % 250)}.${1 + (n % 250)}`;
}
