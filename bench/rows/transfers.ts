import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerOf } from '../load/answer-reader.ts';
import { type Connection, openConnection, requestHead, type Target } from '../load/connection.ts';
import { playRound } from '../load/round.ts';
import { expectStatus } from '../load/sign-in.ts';
import { median, rounded } from '../load/statistics.ts';
import type { Cost } from '../machine/watch-pli.ts';
import type { Result } from '../report.ts';
import { type Bench, connectionCounts, playRow, turn, withConnections } from './bench.ts';
import { postMessage, readPage } from './posting.ts';

const fileBytes = 100_000_000;
/** Files each client downloads in a round. */
const perClient = { 1: 3, 8: 1, 32: 1 } as const;

/** `download-100mb`: a file of a message, beside a bare `node:http` that sends as many bytes as they lie on the disk. */
export async function measureDownload(bench: Bench): Promise<Result[]> {
  const { target, bare, cast, options } = bench;
  const pair = turn(cast.pairs, 0);
  const cookie = await bench.sessions.of(pair.one.address);
  const path = await postFile(bench, { pair, cookie });
  const request = requestHead({ path, target, cookie });
  const bareRequest = requestHead({ path: '/file', target: bare });
  const results: Result[] = [];
  for (const connections of connectionCounts) {
    const acts = perClient[connections];
    const download = (from: Target, head: string) =>
      withConnections(from, connections, (open) => {
        const act = async (client: number) => void expectSize(await turn(open, client).ask(head));
        return playRound(act, { clients: connections, acts });
      });
    const rates = [];
    for (let n = 0; n < options.rounds; n++) rates.push((await download(bare, bareRequest)).rps);
    const bareRps = median(rates);
    const result = await playRow(bench, { name: 'download-100mb', connections, ratioTo: bareRps }, () => download(target, request));
    results.push({ ...result, mbPerS: rounded(((result.rps ?? 0) * fileBytes) / 1e6), bareMbPerS: rounded((bareRps * fileBytes) / 1e6) });
  }
  return results;
}

function expectSize(answer: Awaited<ReturnType<Connection['ask']>>): void {
  if (expectStatus(answer, 200).bytes !== fileBytes) throw new Error(`Of ${fileBytes} bytes ${answer.bytes} came`);
}

/** Posts the file, and puts the same bytes where the bare server sends them from. Answers where it is downloaded. */
async function postFile({ target, folder }: Bench, { pair, cookie }: { pair: Bench['cast']['pairs'][number]; cookie: string }): Promise<string> {
  const file = randomBytes(fileBytes);
  writeFileSync(join(folder, 'bare-file'), file);
  const connection = openConnection(target);
  await postMessage(connection, target, { pair, cookie, file });
  connection.close();
  const page = await readPage(target, { path: `/connexion/${pair.conversationId}?persona=${pair.one.personaId}&fenetre=1`, cookie });
  const path = [...page.matchAll(/href="(\/connexion\/[^"]+\/pieces\/[^"]+)"/gu)].at(-1)?.[1];
  if (!path) throw new Error('The page names no file to download');
  return path.replaceAll('&amp;', '&');
}

const gibibyte = 1_073_741_824;
const part = Buffer.alloc(16 * 1024 * 1024, 'pli');

/** `upload-1gib`: by tus in parts of 16 MiB over one connection, beside a bare `node:http` that writes and syncs each part. */
export async function measureUpload(bench: Bench): Promise<Result> {
  const { target, bare, options, watch } = bench;
  const cookie = await bench.sessions.of(turn(bench.cast.pairs, 0).one.address);
  const rounds: (Cost & { seconds: number; bareSeconds: number })[] = [];
  for (let n = 0; n < options.rounds; n++) {
    const bareSeconds = await sendParts(bare, (offset) => ({ path: `/${offset}`, headers: {} }));
    const address = await createUpload(target, cookie);
    const { value: seconds, cost } = await watch.during(() =>
      sendParts(target, (offset) => ({ path: address, cookie, headers: { 'tus-resumable': '1.0.0', 'upload-offset': String(offset) } })),
    );
    await askOnce(target, { method: 'DELETE', path: address, cookie, headers: { 'tus-resumable': '1.0.0' } });
    rounds.push({ seconds, bareSeconds, ...cost });
  }
  const of = (figure: (round: (typeof rounds)[number]) => number) => rounded(median(rounds.map(figure)));
  return {
    ...{
      name: 'upload-1gib',
      connections: 1,
      mbPerS: of(({ seconds }) => gibibyte / 1e6 / seconds),
      bareMbPerS: of(({ bareSeconds }) => gibibyte / 1e6 / bareSeconds),
    },
    cpuMs: { pli: of(({ cpuMs }) => cpuMs.pli), postgres: of(({ cpuMs }) => cpuMs.postgres) },
    peakRssMb: Math.round(Math.max(...rounds.map(({ peakRssMb }) => peakRssMb))),
    ratio: of(({ seconds, bareSeconds }) => bareSeconds / seconds),
  };
}

type Sent = { method?: string; path: string; cookie?: string; headers: Record<string, string> };

async function sendParts(target: Target, asked: (offset: number) => Sent): Promise<number> {
  const connection = openConnection(target);
  const begun = performance.now();
  for (let offset = 0; offset < gibibyte; offset += part.length) {
    const { headers, ...sent } = asked(offset);
    const body = { bytes: part.length, type: 'application/offset+octet-stream' };
    expectStatus(await connection.ask(withHeaders(requestHead({ method: 'PATCH', ...sent, target, body }), headers), part), 204);
  }
  connection.close();
  return (performance.now() - begun) / 1000;
}

async function createUpload(target: Target, cookie: string): Promise<string> {
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': String(gibibyte), 'upload-metadata': 'filename Z3Jvcw==', 'content-length': '0' };
  const answer = await askOnce(target, { method: 'POST', path: '/uploads', cookie, headers });
  const location = headerOf(answer.head, 'location');
  if (!location) throw new Error(`No upload was created: ${answer.status}`);
  return new URL(location, `http://${target.host}:${target.port}`).pathname;
}

async function askOnce(target: Target, { headers, ...asked }: Sent) {
  const connection = openConnection(target);
  try {
    return expectStatus(await connection.ask(withHeaders(requestHead({ ...asked, target }), headers)), 201, 204);
  } finally {
    connection.close();
  }
}

function withHeaders(head: string, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return head.replace(/\r\n$/u, `${lines.join('')}\r\n`);
}
