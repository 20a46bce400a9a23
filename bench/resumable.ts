import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { projectRoot } from '../src/platform/project-root.ts';
import { rssMb } from './big-file.ts';

const gibibyte = 1_073_741_824;
const partBytes = 16 * 1024 * 1024;
const part = Buffer.alloc(partBytes, 'pli');

export type Resumable = { mbPerS: number; sinkMbPerS: number; ratio: number; memoryBeforeMb: number; peakRssMb: number; growthMb: number };

/** Sends 1 GiB by tus in parts of 16 MiB, then the same to a bare sink on the same disk (`folder`), and watches the server's memory meanwhile. */
export async function sendResumable({ url, cookie, pid, folder }: { url: string; cookie: string; pid: number; folder: string }): Promise<Resumable> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { cookie, origin: url, 'tus-resumable': '1.0.0' };
  const sinkMbPerS = await throughSink(folder, agent);
  const created = await ask(`${url}/uploads`, {
    method: 'POST',
    agent,
    headers: { ...headers, 'upload-length': String(gibibyte), 'upload-metadata': 'filename Z3Jvcw==' },
  });
  const address = url + (created.headers.location ?? '');
  const before = rssMb(pid);
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, rssMb(pid));
  }, 20);
  const mbPerS = await timed(async () => {
    for (let offset = 0; offset < gibibyte; ) {
      const typed = { ...headers, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) };
      const answer = await ask(address, { method: 'PATCH', agent, headers: typed }, part);
      if (answer.statusCode !== 204) throw new Error(`The part at ${offset} was answered ${answer.statusCode}`);
      offset = Number(answer.headers['upload-offset']);
    }
  });
  clearInterval(watch);
  await ask(address, { method: 'DELETE', agent, headers });
  agent.destroy();
  const ratio = Math.round((100 * mbPerS) / sinkMbPerS) / 100;
  return { mbPerS, sinkMbPerS, ratio, memoryBeforeMb: before, peakRssMb: peak, growthMb: peak - before };
}

async function throughSink(folder: string, agent: Agent): Promise<number> {
  const sink = spawn(process.execPath, [join(projectRoot(), 'bench', 'bare-sink.ts'), join(folder, 'bare-sink')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(sink.stdout, 'data')) as [Buffer]; // the one line it prints
  const mbPerS = await timed(async () => {
    for (let sent = 0; sent < gibibyte; sent += partBytes) await ask(`http://127.0.0.1:${Number(port)}/`, { method: 'PATCH', agent, headers: {} }, part);
  });
  sink.kill();
  await once(sink, 'close');
  return mbPerS;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return Math.round(gibibyte / 1e3 / (performance.now() - begun));
}

async function ask(url: string, options: { method: string; agent: Agent; headers: Record<string, string> }, body = Buffer.alloc(0)): Promise<IncomingMessage> {
  const sent = request(url, { ...options, headers: { ...options.headers, 'content-length': body.length } });
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]; // of node:http
  answer.resume();
  await finished(answer);
  return answer;
}
