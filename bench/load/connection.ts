import { connect, type Socket } from 'node:net';
import { type Answer, answerReader } from './answer-reader.ts';

export type Target = { host: string; port: number };

/** One kept-alive connection, one request at a time: made anew when the server has closed it. */
export type Connection = {
  ask(...parts: (string | Buffer)[]): Promise<Answer>;
  close(): void;
};

/** Longer than anything that is measured: a server that hangs ends the run. */
const patienceMs = 120_000;

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };

/**
 * Raw sockets rather than `node:http`: on a machine whose cores the load shares with what it measures, each request then costs a third as much.
 * `from` is the loopback address it comes from, `keep` whether bodies are wanted.
 */
export function openConnection({ host, port }: Target, { from, keep = false }: { from?: string; keep?: boolean } = {}): Connection {
  let socket: Socket | undefined;
  let waiting: Waiting | undefined;

  function open(): Socket {
    const made = connect({ host, port, noDelay: true, ...(from ? { localAddress: from } : {}) });
    const reader = answerReader({ keep });
    made.on('data', (chunk: Buffer) => {
      const answer = reader.take(chunk);
      if (!answer) return;
      const { resolve } = waiting ?? {};
      waiting = undefined;
      if (/^connection: *close/imu.test(answer.head)) drop(made);
      resolve?.(answer);
    });
    made.setTimeout(patienceMs, () => made.destroy(new Error(`Nothing came for ${patienceMs / 1000} s`)));
    made.on('error', (error) => fail(made, error));
    made.on('close', () => fail(made, new Error('The connection was closed before the answer was whole')));
    return made;
  }
  function drop(closed: Socket): void {
    if (socket === closed) socket = undefined;
    closed.destroy();
  }
  function fail(closed: Socket, error: Error): void {
    if (socket !== closed) return;
    drop(closed);
    waiting?.reject(error);
    waiting = undefined;
  }

  return {
    ask(...parts) {
      socket ??= open();
      const open_ = socket;
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        open_.cork();
        for (const part of parts) open_.write(part);
        open_.uncork();
      });
    },
    close: () => socket && drop(socket),
  };
}

/** The head of a request as a browser of the person would send it; with a body, what it weighs and what it is. */
export function requestHead(asked: { method?: string; path: string; target: Target; cookie?: string; body?: { bytes: number; type: string } }): string {
  const { method = 'GET', path, target, cookie, body } = asked;
  const authority = `${target.host}:${target.port}`;
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${authority}`,
    'accept-language: fr-CA',
    'accept-encoding: gzip',
    ...(cookie ? [`cookie: ${cookie}`] : []),
    ...(method === 'GET' ? [] : [`origin: http://${authority}`]),
    ...(body ? [`content-type: ${body.type}`, `content-length: ${body.bytes}`] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** A posted form, head and body. */
export function formRequest(asked: { path: string; target: Target; cookie?: string; fields: Record<string, string> }): string {
  const body = new URLSearchParams(asked.fields).toString();
  const type = 'application/x-www-form-urlencoded';
  return requestHead({ ...asked, method: 'POST', body: { bytes: Buffer.byteLength(body), type } }) + body;
}
