import { createServer, type Socket } from 'node:net';

/**
 * A server that lets anybody in and answers every question with one row of these texts: for versions that no machine of ours has
 * (PostgreSQL's manual, chapter 55: each message is a letter, its length and its content).
 */
export async function scriptedPostgres(row: readonly string[]): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    let greeted = false;
    socket.on('data', (bytes) => {
      if (!greeted) socket.write(Buffer.concat([message('R', int32(0)), readyForQuery]));
      else if (bytes[0] === 0x51) socket.write(Buffer.concat([description(row.length), dataRow(row), message('C', text('SELECT 1')), readyForQuery])); // 'Q'
      greeted = true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: typeof address === 'object' && address ? address.port : 0, close };
}

const int16 = (value: number) => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const int32 = (value: number) => Buffer.from([(value >> 24) & 0xff, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff]);
const text = (value: string) => Buffer.from(`${value}\0`);
const message = (letter: string, content: Buffer) => Buffer.concat([Buffer.from(letter), int32(content.length + 4), content]);
const readyForQuery = message('Z', Buffer.from('I'));

const columns = ['number', 'version', 'encoding', 'standby', 'reading', 'role', 'database', 'mayCreate'];

function description(count: number): Buffer {
  const fields = columns.slice(0, count).map((name) => Buffer.concat([text(name), int32(0), int16(0), int32(typeOf(name)), int16(-1), int32(-1), int16(0)]));
  return message('T', Buffer.concat([int16(count), ...fields]));
}

/** pg_type: int4, bool, text. */
function typeOf(name: string): number {
  if (name === 'number') return 23;
  return ['standby', 'reading', 'mayCreate'].includes(name) ? 16 : 25;
}

function dataRow(row: readonly string[]): Buffer {
  const values = row.map((value) => Buffer.concat([int32(Buffer.byteLength(value)), Buffer.from(value)]));
  return message('D', Buffer.concat([int16(row.length), ...values]));
}
