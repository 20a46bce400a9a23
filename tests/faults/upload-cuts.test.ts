import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { openSync, readSync, statSync, writeSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'node-html-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cuttableLine } from '../e2e/live/cuttable-line.ts';
import { type Correspondent, correspondent } from '../support/correspondent.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../support/started-pli.ts';
import { blobsIn } from './ledger.ts';
import { conclude } from './report.ts';
import { atScale, patience } from './scale.ts';

const mebibyte = 1024 * 1024;
const size = atScale({ short: 64, ordinary: 1024, long: 1024 }) * mebibyte;
const rounds = atScale({ short: 1, ordinary: 1, long: 10 });
const cuts = 20;
const goingOnMs = 30_000;
let dataDir: string;
let pli: StartedPli;

beforeEach(async () => {
  dataDir = newDataFolder();
  pli = await startPli({ dataDir, env: { PLI_DEMO: 'on' } });
});
afterEach(async () => {
  await pli.stop();
  removeFolder(dataDir);
});

/** A file that need not be held: each mebibyte differs from the others by its number. */
const noise = randomBytes(mebibyte);
function pieceAt(offset: number): Buffer {
  const piece = Buffer.from(noise);
  piece.writeUInt32BE(Math.floor(offset / mebibyte));
  return piece.subarray(offset % mebibyte);
}

function wholeHash(): string {
  const hash = createHash('sha256');
  for (let offset = 0; offset < size; offset += mebibyte) hash.update(pieceAt(offset));
  return hash.digest('hex');
}

const tus = { 'tus-resumable': '1.0.0' };
type Line = Awaited<ReturnType<typeof cuttableLine>>;

/** One part, from `offset` to the end or until the line is cut at `cutAt`. The status, undefined when it broke off. */
async function sendPart(
  line: Line,
  upload: { path: string; cookie: string },
  { offset, cutAt }: { offset: number; cutAt: number },
): Promise<number | undefined> {
  const agent = new Agent({ maxSockets: 1 });
  const headers = { ...tus, cookie: upload.cookie, origin: line.url, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  const sent = request(new URL(upload.path, line.url), { method: 'PATCH', agent, headers: { ...headers, 'content-length': size - offset } });
  const answered = once(sent, 'response').then(
    ([answer]) => (answer as IncomingMessage).resume().statusCode, // of node:http
    () => undefined,
  );
  let refused = false;
  void answered.then((status) => {
    refused = status !== undefined;
  });
  async function* pieces() {
    for (let at = offset; at < size && !refused; ) {
      const piece = pieceAt(at);
      if (at + piece.length > cutAt) {
        line.cut();
        await answered;
        return;
      }
      yield piece;
      at += piece.length;
    }
  }
  await pipeline(Readable.from(pieces(), { highWaterMark: 2 }), sent).catch(() => undefined); // Its line is cut.
  const status = await answered;
  agent.destroy();
  line.mend();
  return status;
}

/** What Pli says it has, as the browser asks after a cut. */
async function offsetOf(marie: Correspondent, path: string): Promise<number> {
  const answer = await marie.ask(path, { method: 'HEAD', headers: tus });
  return Number(answer.headers.get('upload-offset'));
}

async function sendThroughCuts(marie: Correspondent, line: Line): Promise<{ path: string; recoveries: number[] }> {
  const created = await marie.ask('/uploads', {
    method: 'POST',
    headers: { ...tus, 'upload-length': String(size), 'upload-metadata': `filename ${btoa('gros.bin')}` },
  });
  const path = created.headers.get('location') ?? '';
  const upload = { path, cookie: marie.cookie() };
  const recoveries: number[] = [];
  let cutAtMs = performance.now();
  for (let cut = 1; cut <= cuts; cut += 1) {
    const part = await goOn(marie, line, { upload, cutAt: Math.floor((size * cut) / (cuts + 1)) + randomInt(mebibyte) });
    expect(part.status).toBeUndefined();
    if (cut > 1) recoveries.push(part.begunAt - cutAtMs);
    cutAtMs = performance.now();
  }
  expect((await goOn(marie, line, { upload, cutAt: Number.POSITIVE_INFINITY })).status).toBe(204);
  return { path, recoveries };
}

/** From where Pli says it is; while the part before is not known to have ended, a little later. */
async function goOn(marie: Correspondent, line: Line, { upload, cutAt }: { upload: { path: string; cookie: string }; cutAt: number }) {
  for (;;) {
    const offset = await offsetOf(marie, upload.path);
    const begunAt = performance.now();
    const status = await sendPart(line, upload, { offset, cutAt: Math.max(cutAt, offset + mebibyte) });
    if (status !== 423 && status !== 409) return { status, begunAt };
    await pause(50);
  }
}

async function downloadedHash(marie: Correspondent, page: string): Promise<string> {
  const file =
    parse(await marie.reads(page))
      .querySelector('a[href*="/pieces/"]')
      ?.getAttribute('href') ?? '';
  const answer = await marie.get(file);
  const hash = createHash('sha256');
  try {
    for await (const chunk of answer.body ?? []) hash.update(chunk);
  } catch {
    return 'broken off';
  }
  return hash.digest('hex');
}

test(
  'a large file whose line is cut again and again: it goes on from where it was, and is what it was',
  async () => {
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const line = await cuttableLine(pli.port);
    const wanted = wholeHash();
    const recoveries: number[] = [];
    let [lost, page] = [0, ''];
    for (let round = 0; round < rounds; round += 1) {
      const sent = await sendThroughCuts(marie, line);
      recoveries.push(...sent.recoveries);
      page = await marie.startsWith('jeand@courriel.example', `Gros fichier ${round}`);
      const fields = { message: 'Voici.', cle: randomUUID(), 'fichier-recu': sent.path.split('/').at(-1) ?? '' };
      expect((await marie.post(page.replace(/#.*$/u, '').replace('?', '/messages?'), fields)).status).toBe(303);
      if ((await downloadedHash(marie, page)) !== wanted) lost += 1;
    }
    line.close();
    alterLargest();
    const altered = (await downloadedHash(marie, page)) === wanted ? 0 : 1;
    const controls = [{ broken: 'one byte altered on the disk', expected: 1, seen: altered }];
    const of = `${rounds} × ${size / mebibyte} MiB, ${cuts} cuts each`;
    conclude({ fault: 'upload cut', rounds: rounds * cuts, lost, recoveries, withinMs: goingOnMs, of, controls });
  },
  patience,
);

function alterLargest(): void {
  const paths = blobsIn(join(dataDir, 'files')).map((name) => join(dataDir, 'files', name.slice(-2), name));
  const [largest = ''] = paths.sort((one, other) => statSync(other).size - statSync(one).size);
  const file = openSync(largest, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, 5_000_000);
  writeSync(file, Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, 5_000_000);
}
