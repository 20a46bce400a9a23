import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '../../support/programs.ts';
import { freePort } from '../../support/started-pli.ts';
import { type Certificate, makeCertificate, openssl } from './certificate.ts';
import { until } from './correspondence.ts';

const programs = { postfix: findProgram('postfix'), sink: findProgram('smtp-sink') };

/** Why the tests with Postfix cannot run here; undefined when they can. */
export const postfixMissing = missing();

function missing(): string | undefined {
  if (!programs.postfix || !programs.sink || !openssl) return 'Postfix is missing';
  if (process.getuid?.() !== 0) return 'Postfix is started by root only';
  return undefined;
}

export type Postfix = {
  port: number;
  certificate: Certificate;
  /** What came out at the other end: the last relay before the mailboxes, which keeps all it is given. */
  arrived(): string[];
  start(): Promise<void>;
  stop(): void;
  startSink(): Promise<void>;
  stopSink(): void;
  /** Mails that wait in Postfix for the other end. */
  waiting(): number;
  remove(): void;
};

/** Debian's Postfix with a configuration, a queue and ports of its own, and smtp-sink behind it. `answers`: what it says to some recipients. */
export async function makePostfix({ answers }: { answers: Record<string, string> }): Promise<Postfix> {
  const folder = mkdtempSync(join(tmpdir(), 'pli-postfix-'));
  chmodSync(folder, 0o755); // Its programs run as a user of their own.
  const certificate = makeCertificate(folder, 'IP:127.0.0.1');
  const [port, sinkPort] = [await freePort(), await freePort()];
  const config = join(folder, 'config');
  const kept = join(folder, 'kept');
  configure({ folder, config, certificate, port, sinkPort, answers });
  mkdirSync(kept);
  const mine = (...words: string[]) => execFileSync(programs.postfix ?? '', ['-c', config, ...words], { stdio: 'ignore' });
  let sink: ChildProcess | undefined;
  let running = false;

  const postfix: Postfix = {
    port,
    certificate,
    arrived: () => readdirSync(kept).map((name) => readFileSync(join(kept, name), 'utf8')),
    async start() {
      mine('start');
      running = true;
      await until(() => listens(port));
    },
    stop() {
      if (running) mine('stop');
      running = false;
    },
    async startSink() {
      // One file a mail; as root it must be told as whom to run.
      sink = spawn(programs.sink ?? '', ['-u', 'root', '-d', `${kept}/%s.`, `127.0.0.1:${sinkPort}`, '50'], { stdio: 'ignore' });
      await until(() => listens(sinkPort));
    },
    stopSink: () => void sink?.kill(),
    waiting: () => ['incoming', 'active', 'deferred'].flatMap((queue) => filesUnder(join(folder, 'queue', queue))).length,
    remove() {
      postfix.stop();
      sink?.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return postfix;
}

type Places = { folder: string; config: string; certificate: Certificate; port: number; sinkPort: number; answers: Record<string, string> };

function configure({ folder, config, certificate, port, sinkPort, answers }: Places): void {
  for (const name of ['config', 'queue', 'data']) mkdirSync(join(folder, name));
  execFileSync('chown', ['postfix', join(folder, 'data')]);
  const said = Object.entries(answers).map(([address, answer]) => `${address} ${answer}\n`);
  writeFileSync(join(config, 'answers'), said.join(''));
  // Debian's own lists of what belongs to Postfix, which its start-up script reads.
  for (const name of ['postfix-files', 'dynamicmaps.cf']) cpSync(join('/etc/postfix', name), join(config, name), { force: true });
  const settings = {
    compatibility_level: '3.6',
    queue_directory: join(folder, 'queue'),
    data_directory: join(folder, 'data'),
    maillog_file: join(folder, 'mail.log'),
    maillog_file_prefixes: folder,
    myhostname: 'relay.innovactione.example',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    alias_maps: '',
    alias_database: '',
    relayhost: `[127.0.0.1]:${sinkPort}`,
    smtp_dns_support_level: 'disabled',
    smtp_host_lookup: 'native',
    smtpd_tls_security_level: 'encrypt',
    smtpd_tls_cert_file: certificate.certFile,
    smtpd_tls_received_header: 'yes',
    smtpd_tls_key_file: certificate.keyFile,
    smtpd_recipient_restrictions: `check_recipient_access texthash:${config}/answers, permit_mynetworks, reject`,
    // The other end comes and goes in these tests.
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    queue_run_delay: '1s',
    smtp_destination_concurrency_failed_cohort_limit: '1000',
    transport_retry_time: '1s',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  writeFileSync(join(config, 'main.cf'), `${lines.join('\n')}\n`);
  writeFileSync(join(config, 'master.cf'), `${master(port).join('\n')}\n`);
}

/** service type private unpriv chroot wakeup maxproc command: nothing in a chroot, which Debian would have to be filled for. */
function master(port: number): string[] {
  const inside = (name: string, command = name, more = '') => `${name} unix - - n - - ${command}${more}`;
  return [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 1 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'flush unix n - n 1000? 0 flush',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
    inside('rewrite', 'trivial-rewrite'),
    inside('proxymap'),
    inside('smtp'),
    inside('relay', 'smtp'),
    inside('error'),
    inside('retry', 'error'),
    inside('discard'),
    inside('local'),
    inside('virtual'),
    inside('lmtp'),
    'showq unix n - n - - showq',
  ];
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => undefined);
    socket.once('connect', () => socket.destroy());
  });
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
