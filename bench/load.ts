import { Agent, type IncomingHttpHeaders, request } from 'node:http';

export type Asked = { url: string; headers?: Record<string, string> };
export type Load = { rps: number; p50: number; p99: number; requests: number; failed: number };

/** Sends the same request over `connections` kept-alive connections for `seconds`, each as soon as the last is answered. Milliseconds. */
export async function load(asked: Asked, { connections, seconds }: { connections: number; seconds: number }): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const waits: number[] = [];
  let failed = 0;
  const begun = performance.now();
  const until = begun + seconds * 1000;
  async function client(): Promise<void> {
    while (performance.now() < until) {
      const sent = performance.now();
      const { status } = await get(asked, agent);
      waits.push(performance.now() - sent);
      if (status !== 200) failed += 1;
    }
  }
  await Promise.all(Array.from({ length: connections }, client));
  const elapsed = (performance.now() - begun) / 1000;
  agent.destroy();
  waits.sort((a, b) => a - b);
  const at = (share: number) => Number((waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0).toFixed(2));
  return { rps: Math.round(waits.length / elapsed), p50: at(0.5), p99: at(0.99), requests: waits.length, failed };
}

export type Got = { status: number; headers: IncomingHttpHeaders; bytes: number };

/** One request; the body is counted and dropped. */
export function get({ url, headers = {} }: Asked, agent?: Agent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers, ...(agent ? { agent } : {}) }, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes }));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });
}
