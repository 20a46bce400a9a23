import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const gibibyte = 1_073_741_824;

export type BigFile = { mbPerS: number; status: number; memoryBeforeMb: number; peakRssMb: number; growthMb: number };

type Posting = { url: string; path: string; cookie: string; fields: Record<string, string>; pid: number };

/** Posts a form with one file of 1 GiB less what the form itself weighs, by streamed multipart, and watches the server's memory meanwhile. */
export async function postBigFile({ url, path, cookie, fields, pid }: Posting): Promise<BigFile> {
  const boundary = 'pli-bench-boundary';
  const head = Object.entries(fields)
    .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('');
  const opening = Buffer.from(
    `${head}--${boundary}\r\nContent-Disposition: form-data; name="fichiers"; filename="gros.bin"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const closing = Buffer.from(`\r\n--${boundary}--\r\n`);
  const before = rssMb(pid);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, rssMb(pid));
  }, 50);
  const begun = performance.now();
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': opening.length + gibibyte + closing.length,
    cookie,
    origin: url,
  };
  const sent = request(url + path, { method: 'POST', headers });
  const answered = new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject));
  await pipeline(Readable.from(bytes(opening, closing), { highWaterMark: 4 }), sent);
  const answer = await answered;
  answer.resume();
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  return { mbPerS: Math.round(gibibyte / 1e6 / seconds), status: answer.statusCode ?? 0, memoryBeforeMb: before, peakRssMb: peak, growthMb: peak - before };
}

function* bytes(opening: Buffer, closing: Buffer): Generator<Buffer> {
  const chunk = Buffer.alloc(256 * 1024, 'pli');
  yield opening;
  for (let sent = 0; sent < gibibyte; sent += chunk.length) yield chunk;
  yield closing;
}

/** What a process holds in memory, in MB (Linux). */
export function rssMb(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}
