import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';

// A bare `node:http`, what Pli is compared with: it says hello, sends a file as it is, and writes and syncs what it is sent. Its port is printed.
const folder = process.argv[2] ?? '';
const sink = await open(join(folder, 'bare-sink'), 'w');
const server = createServer((request, answer) => {
  answerTo(request, answer).catch((error: unknown) => answer.writeHead(500).end(String(error)));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' ? address?.port : '');
process.on('SIGTERM', () => {
  rm(join(folder, 'bare-sink'), { force: true }).finally(() => process.exit(0));
});

async function answerTo(request: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (request.method === 'PATCH') {
    // The path says where the part belongs.
    let position = Number(request.url?.slice(1));
    for await (const chunk of request) position += (await sink.write(chunk, 0, chunk.length, position)).bytesWritten;
    await sink.sync();
    answer.writeHead(204).end();
  } else if (request.url === '/file') {
    const path = join(folder, 'bare-file');
    answer.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': (await stat(path)).size });
    createReadStream(path).pipe(answer);
  } else {
    answer.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!doctype html><title>Bonjour</title>');
  }
}
