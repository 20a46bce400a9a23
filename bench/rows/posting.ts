import { randomBytes } from 'node:crypto';
import { type Connection, openConnection, requestHead, type Target } from '../load/connection.ts';
import { playRound } from '../load/round.ts';
import { expectStatus } from '../load/sign-in.ts';
import type { Result } from '../report.ts';
import type { Cast } from '../seed/prepare-data.ts';
import { type Bench, connectionCounts, playRow, turn, warmUp, withConnections } from './bench.ts';

export type Pair = Cast['pairs'][number];

const boundary = 'pli-bench-2f9c4d';

/** Posts «Ajouter un message» as one of a pair, with a file or without; answered once it is committed and on the disk. */
export async function postMessage(connection: Connection, target: Target, asked: { pair: Pair; cookie: string; file?: Buffer }): Promise<void> {
  const { pair, cookie, file } = asked;
  const fields = { message: 'Voici le document dont nous avons parlé.', cle: crypto.randomUUID() };
  const parts: (string | Buffer)[] = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  if (file) {
    const named = 'Content-Disposition: form-data; name="fichiers"; filename="document.bin"\r\nContent-Type: application/octet-stream';
    parts.push(`--${boundary}\r\n${named}\r\n\r\n`, file, '\r\n');
  }
  parts.push(`--${boundary}--\r\n`);
  const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  const body = { bytes, type: `multipart/form-data; boundary=${boundary}` };
  const path = `/connexion/${pair.conversationId}/messages?persona=${pair.one.personaId}`;
  expectStatus(await connection.ask(requestHead({ method: 'POST', path, target, cookie, body }), ...parts), 303);
}

/** `post`: a message with a file of 100 kB, each client in a conversation of its own. */
export async function measurePost(bench: Bench): Promise<Result[]> {
  const { target, options } = bench;
  const file = randomBytes(100_000);
  const results: Result[] = [];
  const pairs = bench.cast.pairs.slice(0, Math.max(...connectionCounts));
  const cookies = await Promise.all(pairs.map(({ one }) => bench.sessions.of(one.address)));
  const post = (connection: Connection, client: number) => postMessage(connection, target, { pair: turn(pairs, client), cookie: turn(cookies, client), file });
  await warmUp(bench, post);
  for (const connections of connectionCounts) {
    const row = { name: 'post', connections, ratioTo: bench.calibration.hello[connections] };
    const result = await withConnections(target, connections, (open) => {
      const act = (client: number) => post(turn(open, client), client);
      return playRow(bench, row, () => playRound(act, { clients: connections, seconds: options.seconds }));
    });
    results.push(result);
  }
  return results;
}

/** A page read whole, as text: without `gzip`, since nothing here unpacks it. */
export async function readPage(target: Target, asked: { path: string; cookie: string }): Promise<string> {
  const connection = openConnection(target, { keep: true });
  try {
    const head = requestHead({ ...asked, target }).replace('accept-encoding: gzip', 'accept-encoding: identity');
    const answer = expectStatus(await connection.ask(head), 200);
    return answer.body;
  } finally {
    connection.close();
  }
}
