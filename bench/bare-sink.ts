import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { createServer } from 'node:http';

// A bare `node:http` that writes each request's body to a file and syncs it: what a resumable upload is compared with. Its port is printed.
const path = process.argv[2] ?? '';
const file = await open(path, 'w');
const server = createServer(async (request, answer) => {
  for await (const chunk of request) await file.write(chunk);
  await file.sync();
  answer.writeHead(204).end();
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const address = server.address();
console.log(typeof address === 'object' ? address?.port : '');
process.on('SIGTERM', () => {
  rm(path, { force: true }).finally(() => process.exit(0));
});
