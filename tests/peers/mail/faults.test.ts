import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkSmtp } from '#platform/mail/dns-check.ts';
import type { SmtpRelay } from '#platform/mail/smtp-relay.ts';
import { type Certificate, makeCertificate, openssl } from './certificate.ts';
import { type Correspondence, hurried, makeCorrespondence, until } from './correspondence.ts';
import { type ScriptedRelay, startRelay } from './scripted-relay.ts';

const jean = 'jeand@courriel.example';
const nadia = 'nadia.roy@courriel.example';

let post: Correspondence;
let relay: ScriptedRelay;

beforeEach(async () => {
  post = await makeCorrespondence();
  relay = await startRelay();
});
afterEach(async () => {
  await post.dispose();
  await relay.stop();
});

const at = (port: number, more: Partial<SmtpRelay> = {}): SmtpRelay => ({ host: '127.0.0.1', port, tls: 'none', credentials: undefined, ...more });
const ids = (address: string) => relay.to(address).map((mail) => mail.messageId);

test('a mail as it arrives: who from, who to, when, in which language, automatic, in two forms, and nothing that follows its reader', async () => {
  post.through(at(relay.port));
  const delivery = await post.writesTo(jean);
  await post.round();
  await until(() => relay.received.length === 1);
  const raw = relay.received[0]?.raw ?? '';
  const [head = '', body = ''] = raw.split('\r\n\r\n', 2);
  const headers = Object.fromEntries(
    head
      .replace(/\r\n\s+/g, ' ')
      .split('\r\n')
      .map((line) => line.split(/: (.*)/s, 2)),
  );
  expect(headers).toEqual({
    From: 'Connexion <connexion@innovactione.example>',
    To: jean,
    Subject: expect.stringContaining('=?UTF-8?Q?'),
    'Message-ID': expect.stringMatching(/^<[0-9a-f-]{36}@innovactione\.example>$/),
    Date: 'Mon, 02 Feb 2015 20:14:18 +0000',
    'Auto-Submitted': 'auto-generated',
    'X-Auto-Response-Suppress': 'All',
    'Content-Language': 'fr-CA',
    'MIME-Version': '1.0',
    'Content-Type': expect.stringMatching(/^multipart\/alternative; boundary=/),
  });
  expect(raw).toContain('text/plain');
  expect(raw).toContain('text/html');
  // RFC 5322 §2.1.1: no line over 998 bytes; quoted-printable keeps them under 78.
  expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThan(200);
  expect(body).toBeDefined();
  await until(async () => (await delivery())?.state === 'sent');
});

test('a relay that is down: all waits, the code while it is valid, and leaves once, when it is back', async () => {
  const { port } = relay;
  await relay.stop();
  post.through(at(port));
  const delivery = await post.writesTo(jean);
  await post.sendsCode(nadia, '04711842');
  await post.round();
  await until(async () => (await delivery())?.failure === 'ESOCKET ECONNREFUSED');
  expect((await delivery())?.state).toBe('queued');
  relay = await startRelay({ port });
  await post.roundsUntil(() => relay.received.length === 2);
  await until(async () => (await delivery())?.state === 'sent');
  await post.round();
  expect(new Set(relay.received.map((mail) => mail.to))).toEqual(new Set([jean, nadia]));
  expect(relay.to(nadia)[0]?.raw).toContain('04711842');
});

test('451: tried again until it is taken, once, while the others leave at once', async () => {
  post.through(at(relay.port));
  relay.will(jean, 'defer', 'defer');
  const delivery = await post.writesTo(jean);
  await post.writesTo(nadia);
  await post.round();
  await until(async () => relay.to(nadia).length === 1 && (await delivery())?.failure === '451 4.7.1');
  expect((await delivery())?.state).toBe('queued');
  await post.roundsUntil(() => relay.to(jean).length > 0);
  await until(async () => (await delivery())?.state === 'sent');
  expect(relay.played).toEqual(['defer', 'defer']);
  expect(ids(jean)).toHaveLength(1);
  expect(await delivery()).toMatchObject({ failure: null });
});

test.each([
  ['refuse', '550 5.1.1'],
  ['refuse-data', '554 5.7.1'],
] as const)('000-40: refused for good (%s): known as failed with the code, never tried again, the others leave', async (trick, reason) => {
  post.through(at(relay.port));
  relay.will(jean, trick);
  const delivery = await post.writesTo(jean);
  await post.writesTo(nadia);
  await post.round();
  await until(async () => (await delivery())?.state === 'failed' && relay.to(nadia).length === 1);
  expect((await delivery())?.failure).toBe(reason);
  const next = await post.writesTo(nadia);
  await post.roundsUntil(async () => (await next())?.state === 'sent');
  expect(relay.to(jean)).toEqual([]);
});

test('a relay that stalls with one mail: a code and the other notices leave meanwhile; then the mail itself, once', async () => {
  post.through(at(relay.port), { patience: { ...hurried, silence: 1_500 } });
  relay.will(jean, 'stall');
  const delivery = await post.writesTo(jean);
  await post.round();
  await until(() => relay.played.length === 1);
  await post.writesTo(nadia);
  await post.sendsCode('lou@courriel.example', '04711842');
  await post.round();
  await until(() => relay.received.length === 2);
  expect((await delivery())?.failure).toBeNull();
  await until(async () => (await delivery())?.failure === 'ETIMEDOUT');
  await post.roundsUntil(() => relay.to(jean).length > 0);
  await until(async () => (await delivery())?.state === 'sent');
  expect(ids(jean)).toHaveLength(1);
});

test('S-14: four mails that stall do not hold up a code', async () => {
  post.through(at(relay.port), { patience: { ...hurried, silence: 1_500 } });
  const people = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `${name}@courriel.example`);
  for (const address of people) {
    relay.will(address, 'stall');
    await post.writesTo(address);
  }
  await post.round();
  await until(() => relay.played.length === 4);
  await post.sendsCode(jean, '04711842');
  await post.round();
  await until(() => relay.to(jean).length === 1);
  expect(relay.played).toHaveLength(4);
  await post.roundsUntil(() => relay.received.length === 7);
  expect(new Set(relay.received.map((mail) => mail.messageId)).size).toBe(7);
});

test('a connection cut before the final dot: the mail is sent again, and arrives once', async () => {
  post.through(at(relay.port));
  relay.will(jean, 'drop-in-data');
  const delivery = await post.writesTo(jean);
  await post.writesTo(nadia);
  await post.round();
  await until(async () => (await delivery())?.failure === 'ECONNECTION' || (await delivery())?.failure?.startsWith('ESOCKET') === true);
  await until(() => relay.to(nadia).length === 1);
  await post.roundsUntil(() => relay.to(jean).length > 0);
  await until(async () => (await delivery())?.state === 'sent');
  expect(ids(jean)).toHaveLength(1);
});

test('a connection cut after the final dot: nobody can know; it is sent again under the same Message-ID, so that a receiver drops the double', async () => {
  post.through(at(relay.port));
  relay.will(jean, 'drop-after-dot');
  const delivery = await post.writesTo(jean);
  await post.round();
  await until(() => relay.to(jean).length === 1);
  await post.roundsUntil(async () => (await delivery())?.state === 'sent');
  expect(ids(jean)).toHaveLength(2);
  expect(new Set(ids(jean)).size).toBe(1);
});

test('twenty mails that break their connection each time do not keep another from leaving', async () => {
  post.through(at(relay.port));
  const poison = Array.from({ length: 20 }, (_, index) => `poison${index}@courriel.example`);
  for (const address of poison) {
    relay.will(address, ...Array.from({ length: 50 }, () => 'drop-in-data' as const));
    await post.writesTo(address);
  }
  const delivery = await post.writesTo(jean);
  const before = post.clock.now().getTime();
  await post.roundsUntil(async () => (await delivery())?.state === 'sent');
  expect(ids(jean)).toHaveLength(1);
  expect(post.clock.now().getTime() - before).toBeLessThanOrEqual(5 * 60_000);
});

test('a connection that the relay closed while idle costs no try', async () => {
  post.through(at(relay.port));
  const first = await post.writesTo(jean);
  await post.round();
  await until(async () => (await first())?.state === 'sent');
  relay.dropIdleConnections();
  const second = await post.writesTo(nadia);
  await post.round();
  await until(async () => (await second())?.state === 'sent');
  expect(relay.received).toHaveLength(2);
});

test('a hundred mails go over a few connections, each once', async () => {
  post.through(at(relay.port));
  for (let index = 0; index < 100; index++) await post.writesTo(`parent${index}@courriel.example`);
  await Promise.all([post.round(), post.round()]);
  await until(() => relay.received.length === 100);
  await post.round();
  expect(new Set(relay.received.map((mail) => mail.messageId)).size).toBe(100);
  expect(new Set(relay.received.map((mail) => mail.to)).size).toBe(100);
  expect(new Set(relay.received.map((mail) => mail.connection)).size).toBeLessThanOrEqual(6);
});

describe('a relay that asks who we are', () => {
  beforeEach(async () => {
    await relay.stop();
    relay = await startRelay({ password: 'juste', allowInsecureAuth: true });
  });

  test('a wrong password throws no mail away: it is said, and all leaves, once, after the cure', async () => {
    post.through(at(relay.port, { credentials: { user: 'pli', pass: 'faux' } }));
    const delivery = await post.writesTo(jean);
    await post.round();
    await until(async () => (await delivery())?.failure === '535 5.7.8');
    expect((await delivery())?.state).toBe('queued');
    post.through(at(relay.port, { credentials: { user: 'pli', pass: 'juste' } }));
    await post.roundsUntil(async () => (await delivery())?.state === 'sent');
    expect(relay.to(jean)).toMatchObject([{ user: 'pli' }]);
  });

  test('the doctor is told which it is', async () => {
    expect(await checkSmtp(`smtp://pli:juste@127.0.0.1:${relay.port}`)).toEqual({ ok: true });
    expect(await checkSmtp(`smtp://pli:faux@127.0.0.1:${relay.port}`)).toEqual({ ok: false, reason: '535 5.7.8' });
    expect(relay.received).toEqual([]);
  });
});

if (!openssl) process.stderr.write('openssl is missing: the tests of certificates are skipped\n');

describe.skipIf(!openssl)('TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pli-cert-'));
  const credentials = { user: 'pli', pass: 'juste' };
  let right: Certificate;

  beforeAll(() => {
    right = makeCertificate(folder, 'IP:127.0.0.1');
    return () => rmSync(folder, { recursive: true, force: true });
  });
  async function secureRelay({ key, cert }: Certificate, options: { secure?: boolean } = {}): Promise<void> {
    await relay.stop();
    relay = await startRelay({ password: 'juste', key, cert, secure: options.secure ?? false, disabledCommands: [] });
  }

  test.each([
    ['from-start', true],
    ['required', false],
  ] as const)('%s: the mail and the password go encrypted to the relay whose certificate is right', async (tls, secure) => {
    await secureRelay(right, { secure });
    post.through(at(relay.port, { tls, credentials }), { ca: right.cert });
    const delivery = await post.writesTo(jean);
    await post.round();
    await until(async () => (await delivery())?.state === 'sent');
    expect(relay.received).toMatchObject([{ to: jean, secure: true, user: 'pli' }]);
  });

  test.each([
    ['from-start', true],
    ['required', false],
  ] as const)(
    '%s: a certificate that nobody vouches for, or of another name, is shown neither mail nor password; both are sent after the cure',
    async (tls, secure) => {
      const other = makeCertificate(folder, 'DNS:other.example');
      await secureRelay(other, { secure });
      post.through(at(relay.port, { tls, credentials }));
      const delivery = await post.writesTo(jean);
      await post.round();
      await until(async () => (await delivery())?.failure?.endsWith('DEPTH_ZERO_SELF_SIGNED_CERT') === true);
      post.through(at(relay.port, { tls, credentials }), { ca: other.cert });
      await post.roundsUntil(async () => (await delivery())?.failure?.endsWith('ERR_TLS_CERT_ALTNAME_INVALID') === true);
      expect([relay.received, relay.passwords]).toEqual([[], []]);
      expect((await delivery())?.state).toBe('queued');
      await secureRelay(right, { secure });
      post.through(at(relay.port, { tls, credentials }), { ca: right.cert });
      await post.roundsUntil(async () => (await delivery())?.state === 'sent');
      expect(relay.to(jean)).toHaveLength(1);
    },
  );

  test('a relay that does not offer STARTTLS, or whose offer somebody took away, is shown neither mail nor password', async () => {
    await relay.stop();
    relay = await startRelay({ password: 'juste', allowInsecureAuth: true });
    post.through(at(relay.port, { tls: 'required', credentials }));
    const delivery = await post.writesTo(jean);
    await post.round();
    await until(async () => typeof (await delivery())?.failure === 'string');
    expect([relay.received, relay.passwords]).toEqual([[], []]);
    expect(await delivery()).toMatchObject({ state: 'queued' });
  });
});
