import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Sends bytes as they are over a connection of its own, and gives back all that is answered until it closes or falls silent. */
export async function exchange(port: number, bytes: string, silenceMs = 1_000): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  let received = '';
  socket.on('data', (text) => {
    received += text;
  });
  socket.on('error', () => undefined); // A reset is an answer too.
  socket.setTimeout(silenceMs, () => socket.destroy());
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(Buffer.from(bytes, 'latin1'));
  await closed;
  return received;
}

/** A connection that stays, for whoever sends or reads slowly. */
export async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined); // It is to be dropped.
  await once(socket, 'connect');
  return socket;
}

/** When the other side lets the connection go, in milliseconds from now. */
export async function closedAfter(socket: Socket): Promise<number> {
  const begun = performance.now();
  if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return performance.now() - begun;
}
