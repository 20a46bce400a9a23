import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';

/** What the relay does with the next mail to an address; once it has, it takes the following ones. */
export type Trick = 'defer' | 'refuse' | 'stall' | 'drop-in-data' | 'drop-after-dot' | 'refuse-data';

export type ReceivedMail = { to: string; messageId: string; raw: string; secure: boolean; user: string | undefined; connection: string };

export type ScriptedRelay = {
  port: number;
  /** What it took responsibility for, and what it kept although it did not say so (`drop-after-dot`). */
  received: ReceivedMail[];
  to(address: string): ReceivedMail[];
  /** What it will do with the next mails to that address, in order. */
  will(address: string, ...tricks: Trick[]): void;
  /** Tricks played so far. */
  played: Trick[];
  /** Passwords it was shown. */
  passwords: string[];
  dropIdleConnections(): void;
  stop(): Promise<void>;
};

/** A relay that does as it is told, on a port of this machine. */
export async function startRelay(options: SMTPServerOptions & { port?: number; password?: string } = {}): Promise<ScriptedRelay> {
  const { port = 0, password, ...more } = options;
  const planned = new Map<string, Trick[]>();
  const received: ReceivedMail[] = [];
  const played: Trick[] = [];
  const passwords: string[] = [];

  function play(address: string, ...among: Trick[]): Trick | undefined {
    const [trick, ...rest] = planned.get(address) ?? [];
    if (!trick || !among.includes(trick)) return undefined;
    planned.set(address, rest);
    played.push(trick);
    return trick;
  }
  function drop({ id }: SMTPServerSession): void {
    for (const connection of server.connections) if (connection.id === id) connection._socket.destroy();
  }
  const server = new SMTPServer({
    authOptional: password === undefined,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 50,
    logger: false,
    ...more,
    onAuth(auth, _session, done) {
      passwords.push(auth.password ?? '');
      if (auth.password === password) done(null, { user: auth.username ?? '' });
      else done(answer(535, '5.7.8 wrong name or password'));
    },
    onRcptTo({ address }, _session, done) {
      const trick = play(address, 'defer', 'refuse', 'stall');
      if (trick === 'defer') done(answer(451, `4.7.1 <${address}>: greylisted`));
      else if (trick === 'refuse') done(answer(550, `5.1.1 <${address}>: no such user`));
      else if (trick === undefined) done();
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      const trick = play(to, 'drop-in-data', 'drop-after-dot', 'refuse-data');
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => {
        if (trick === 'drop-in-data') drop(session);
        chunks.push(chunk);
      });
      stream.on('end', () => {
        if (trick === 'drop-in-data') return;
        if (trick === 'refuse-data') return done(answer(554, '5.7.1 not of this kind'));
        const raw = Buffer.concat(chunks).toString();
        const messageId = /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim() ?? '';
        received.push({ to, messageId, raw, secure: session.secure, user: session.user, connection: session.id });
        if (trick === 'drop-after-dot') drop(session);
        else done();
      });
    },
  });
  server.on('error', () => undefined); // Connections that break are what these tests are about.
  const listening = server.listen(port, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  return {
    port: (listening.address() as AddressInfo).port, // it listens on TCP
    received,
    played,
    passwords,
    to: (address) => received.filter((mail) => mail.to === address),
    will: (address, ...tricks) => planned.set(address, tricks),
    dropIdleConnections() {
      for (const connection of server.connections) connection._socket.destroy();
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

function answer(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
