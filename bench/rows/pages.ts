import { requestHead, type Target } from '../load/connection.ts';
import { playRound } from '../load/round.ts';
import { expectStatus } from '../load/sign-in.ts';
import type { Result } from '../report.ts';
import { type Bench, connectionCounts, playRow, turn, warmUp, withConnections } from './bench.ts';

export type Page = { name: string; address: string; paths: string[]; connections: readonly number[] };

/** Pages that only show, asked for by one person over 1, 8 and 32 kept-alive connections. */
export async function measurePages(bench: Bench, pages: readonly Page[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const { name, address, paths, connections } of pages) {
    const cookie = await bench.sessions.of(address);
    const requests = paths.map((path) => requestHead({ path, target: bench.target, cookie }));
    await warmUp(bench, async (connection, _, n) => void expectStatus(await connection.ask(turn(requests, n)), 200));
    for (const many of connections) {
      const ratioTo = bench.calibration.sql[name] ?? bench.calibration.hello[many];
      results.push(await askRow(bench, { name, connections: many, ratioTo }, { target: bench.target, requests }));
    }
  }
  return results;
}

/** A bare hello over as many connections: what the same load gets of `node:http` alone. Requests a second. */
export async function measureHello(target: Target, { rounds, seconds }: { rounds: number; seconds: number }): Promise<Record<string, number>> {
  const rates: Record<string, number> = {};
  const request = requestHead({ path: '/', target });
  for (const many of connectionCounts) {
    const played = await withConnections(target, many, async (open) => {
      const all = [];
      for (let n = 0; n < rounds; n++)
        all.push(await playRound(async (client) => void expectStatus(await turn(open, client).ask(request), 200), { clients: many, seconds }));
      return all;
    });
    rates[many] = Math.round(played.map(({ rps }) => rps).sort((a, b) => a - b)[Math.floor(played.length / 2)] ?? 0);
  }
  return rates;
}

type Asked = { target: Target; requests: string[] };

async function askRow(bench: Bench, row: Parameters<typeof playRow>[1], { target, requests }: Asked): Promise<Result> {
  return withConnections(target, row.connections, async (open) => {
    const act = async (client: number, n: number) => void expectStatus(await turn(open, client).ask(turn(requests, n)), 200);
    return playRow(bench, row, () => playRound(act, { clients: row.connections, seconds: bench.options.seconds }));
  });
}
