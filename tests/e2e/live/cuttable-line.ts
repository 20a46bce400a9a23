import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to a started Pli that the test may cut: what a lost network looks like from the browser. */
export async function cuttableLine(port: number) {
  const sockets = new Set<Socket>();
  let cut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((socket) => {
    keep(socket);
    if (cut) return void socket.destroy();
    const onward = connect(port, '127.0.0.1');
    keep(onward);
    socket.pipe(onward).pipe(socket);
    socket.on('close', () => onward.destroy());
    onward.on('close', () => socket.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    cut() {
      cut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      cut = false;
    },
    close: () => server.close(),
  };
}
