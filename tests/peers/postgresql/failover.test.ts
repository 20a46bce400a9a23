import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { correspondent } from '../../support/correspondent.ts';
import { type DebianPostgres, makePostgres, makeStandby } from '../../support/debian-postgres.ts';
import { keepPosting } from '../../support/keep-posting.ts';
import { postgresql15Missing } from '../../support/postgresql-15.ts';
import { openScreenStream } from '../../support/screen-stream.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../../support/started-pli.ts';

if (postgresql15Missing)
  process.stderr.write(`${postgresql15Missing}: the tests with a primary and its standby are skipped (npm test -- --peers installs it)\n`);

/** What the standby calls itself to the primary, which waits for it before it says that something is written. */
const standbyName = 'second';
const backWithinMs = 10_000;

describe.skipIf(postgresql15Missing !== undefined)("Debian's PostgreSQL 15, a primary and its synchronous standby", () => {
  let primary: DebianPostgres;
  let standby: DebianPostgres;
  let dataDir: string;
  let started: StartedPli[];

  beforeEach(async () => {
    started = [];
    dataDir = newDataFolder();
    primary = await makePostgres();
    standby = await makeStandby(primary, standbyName);
    await primary.administer(`alter system set synchronous_standby_names = '${standbyName}'`);
    await primary.administer('select pg_reload_conf()');
  }, 60_000);
  afterEach(async () => {
    for (const pli of started) await pli.stop();
    await Promise.all([primary.remove(), standby.remove()]);
    removeFolder(dataDir);
  });

  async function start(): Promise<StartedPli> {
    // The standby first: that it is named first must not matter.
    const url = `postgres://pli:${primary.password}@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/pli?target_session_attrs=read-write`;
    const pli = await startPli({ dataDir, env: { PLI_DEMO: 'on', DATABASE_URL: url, PLI_KEYRING: join(dataDir, '..', 'keys') } });
    started.push(pli);
    return pli;
  }

  test('the primary dies and its standby is promoted: Pli writes again within 10 s by itself, and nothing acknowledged is lost or doubled', async () => {
    const pli = await start();
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const page = await marie.startsWith('jeand@courriel.example', 'Une base qui change de machine');
    const screen = await openScreenStream(await correspondent(pli.url, 'jeand@courriel.example'));
    const writing = keepPosting(marie, page);
    await vi.waitFor(() => expect(writing.acknowledged.length).toBeGreaterThan(10), 20_000);

    await primary.stop('kill');
    await vi.waitFor(() => expect(writing.refused.length).toBeGreaterThan(0), 10_000);
    const during = await marie.get('/connexion');
    expect([during.status, during.headers.get('retry-after')]).toEqual([503, '30']);
    expect(await during.text()).toContain('momentanément');
    standby.promote();
    const promotedAt = performance.now();
    const before = writing.acknowledged.length;
    await vi.waitFor(() => expect(writing.acknowledged.length).toBeGreaterThan(before + 5), { timeout: backWithinMs, interval: 50 });
    expect(performance.now() - promotedAt).toBeLessThan(backWithinMs);
    await writing.stop();
    // A screen that was open all the while is told again of what happens.
    await pause(1_500);
    screen.forget();
    expect(await marie.posts(page, 'Tout le monde suit')).toBe(303);
    await screen.heard('messages');
    screen.close();

    // 503 was for what could not be written: only that, and nothing else, was told to try again.
    expect(writing.statuses()).toEqual([303, 503]);
    await everyoneIsWrittenOnce(standby, writing.acknowledged);
    // Jobs and notices go on too: each message that was acknowledged is told once.
    await vi.waitFor(async () => expect(await noticesOf(standby, writing.acknowledged)).toBe(writing.acknowledged.length), 15_000);
    // The former primary comes back as if nothing had happened, and is left alone: what it would write is not the database any more.
    await primary.administer('select 1').catch(() => undefined);
    await primary.start();
    expect(await marie.posts(page, 'Après le retour de la première machine')).toBe(303);
    await pause(3_500); // A whole watch.
    expect(await marie.posts(page, 'Et plus tard encore')).toBe(303);
    expect(await connectionsTo(primary)).toBe(0);
    expect(pli.output()).not.toContain(primary.password);
  }, 120_000);

  test('a primary that falls silent is given up once its standby is promoted, also where Pli may not ask for histories', async () => {
    await primary.administer('revoke execute on function pg_control_system() from public', 'pli');
    const pli = await start();
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const page = await marie.startsWith('jeand@courriel.example', 'Une base qui se tait');
    expect(await marie.posts(page, 'Avant')).toBe(303);
    primary.freeze();
    standby.promote();
    const promotedAt = performance.now();
    await vi.waitFor(async () => expect(await marie.posts(page, 'Après')).toBe(303), { timeout: 15_000, interval: 50 });
    expect(performance.now() - promotedAt).toBeLessThan(backWithinMs);
    primary.thaw();
    expect(pli.output()).toContain(`"server":"127.0.0.1:${standby.port}"`);
  }, 120_000);

  test('without anybody who accepts writes, the start is refused with what each server says, and without the password', async () => {
    await primary.stop('kill');
    const refused = await start().catch((error: Error) => error.message);
    expect(refused).toMatch(/La base de données ne répond pas .*is a standby/s);
    expect(refused).toContain(`127.0.0.1:${primary.port}`);
    expect(refused).not.toContain(primary.password);
  }, 120_000);
});

async function everyoneIsWrittenOnce(server: DebianPostgres, keys: string[]): Promise<void> {
  const rows = await server.administer<{ post_key: string }>('select post_key from messages', 'pli');
  const written = rows.map((row) => row.post_key).filter((key) => keys.includes(key));
  expect(written.sort()).toEqual([...keys].sort());
}

async function noticesOf(server: DebianPostgres, keys: string[]): Promise<number> {
  const list = keys.map((key) => `'${key}'`).join(', ');
  const [row] = await server.administer<{ count: string }>(
    `select count(*) from notices n join messages m on m.id = n.message_id where m.post_key in (${list})`,
    'pli',
  );
  return Number(row?.count);
}

async function connectionsTo(server: DebianPostgres): Promise<number> {
  const [row] = await server.administer<{ count: string }>(`select count(*) from pg_stat_activity where usename = 'pli' and application_name <> 'pli-probe'`);
  return Number(row?.count);
}
