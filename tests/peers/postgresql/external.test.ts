import { join } from 'node:path';
import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { correspondent } from '../../support/correspondent.ts';
import { type DebianPostgres, makePostgres } from '../../support/debian-postgres.ts';
import { nextMail } from '../../support/outbox.ts';
import { postgresql15Missing } from '../../support/postgresql-15.ts';
import { freePort, launchPli, newDataFolder, removeFolder, startPli } from '../../support/started-pli.ts';
import { webVisitor } from '../../support/web-visitor.ts';
import { scriptedPostgres } from './scripted-postgres.ts';

if (postgresql15Missing)
  process.stderr.write(`${postgresql15Missing}: the tests with a PostgreSQL of one's own are skipped (npm test -- --peers installs it)\n`);

const secret = 'tres-secret-7731';

/** Starts Pli on that database and answers its exit code with all that it said. */
async function refusedOn(url: string): Promise<{ code: number | null; said: string }> {
  const dataDir = newDataFolder();
  const pli = launchPli({ dataDir, port: await freePort(), env: { DATABASE_URL: url } });
  const code = await pli.exitCode;
  removeFolder(dataDir);
  expect(pli.output()).not.toContain(secret);
  expect(pli.output()).not.toMatch(/\n\s+at /); // A sentence, and no stack.
  return { code, said: pli.output() };
}

describe.skipIf(postgresql15Missing !== undefined)("Debian's PostgreSQL 15 by DATABASE_URL", () => {
  let postgres: DebianPostgres;
  const dataDir = newDataFolder();

  beforeAll(async () => {
    postgres = await makePostgres();
  });
  afterAll(async () => {
    await postgres?.remove();
    removeFolder(dataDir);
  });

  test('000-08 000-17 000-41: the first conversation, from «Nouvelle conversation» to the answer read, and again after a restart', async () => {
    const env = { PLI_DEMO: 'on', DATABASE_URL: postgres.url(), PLI_KEYRING: join(dataDir, '..', 'keys') };
    const pli = await startPli({ dataDir, env });
    const marie = await correspondent(pli.url, 'marie.unetelle@innovactione.example');
    const page = await marie.startsWith('nadia.roy@courriel.example', 'Sur une base à nous');
    const notice = await nextMail(pli.url, { to: 'nadia.roy@courriel.example', kind: 'notice' });
    expect(`${notice.subject} ${notice.text}`).not.toContain('Sur une base à nous');

    const nadia = webVisitor(pli.url);
    await nadia.get(new URL(notice.links.find((link) => link.includes('/avis/')) ?? '').pathname);
    await nadia.post('/ouvrir-une-session', { identifiant: 'nadia.roy@courriel.example' });
    await nadia.post('/ouvrir-une-session/methode', { methode: 'code', 'mot-de-passe': '' });
    const { code } = await nextMail(pli.url, { to: 'nadia.roy@courriel.example', kind: 'code' });
    expect((await nadia.post('/code', { code: code ?? '' })).headers.get('location')).toBe('/ouvrir-un-compte/profil');
    expect((await nadia.post('/ouvrir-un-compte/profil', { nom: 'Nadia Roy', 'mot-de-passe': '' })).status).toBe(303);
    const conversation =
      parse(await (await nadia.get('/connexion')).text())
        .querySelector('td a[href^="/connexion/"]')
        ?.getAttribute('href') ?? '';
    const opening =
      parse(await (await nadia.get(conversation)).text())
        .querySelector('form[action*="/ouvrir"]')
        ?.getAttribute('action') ?? '';
    expect((await nadia.post(opening, {})).status).toBe(303);
    expect(await (await nadia.get(conversation)).text()).toContain('Premier message.');
    const answer = { message: 'Bien reçu', cle: crypto.randomUUID() };
    expect((await nadia.post(conversation.replace(/#.*$/, '').replace('?', '/messages?'), answer)).status).toBe(303);
    const answered =
      parse(await marie.reads(page))
        .querySelector('form[action*="/ouvrir"]')
        ?.getAttribute('action') ?? '';
    await marie.post(answered, {});
    expect(await marie.reads(page)).toContain('Bien reçu');
    expect(await pli.stop()).toBe(0);

    const again = await startPli({ dataDir, env });
    expect(
      await marie
        .through(again.url)
        .get(page)
        .then((read) => read.text()),
    ).toContain('Bien reçu');
    expect(await again.stop()).toBe(0);
  }, 120_000);

  test('a server that is not there, a wrong password and a database that does not exist are told, and the password is not', async () => {
    const nobody = await refusedOn(`postgres://pli:${secret}@127.0.0.1:1/pli`);
    expect(nobody).toEqual({ code: 1, said: expect.stringMatching(/La base de données ne répond pas \(connect ECONNREFUSED.*The database does not answer/s) });
    const wrong = await refusedOn(postgres.url('pli', { user: 'pli', password: secret }));
    expect(wrong).toEqual({ code: 1, said: expect.stringContaining('password authentication failed') });
    const absent = await refusedOn(postgres.url('absente'));
    expect(absent).toEqual({ code: 1, said: expect.stringContaining('database "absente" does not exist') });
  }, 120_000);

  test('a role without rights is told what to run; once that is done, Pli starts', async () => {
    await postgres.administer(`create role invite login password '${secret}'`);
    await postgres.administer('create database prete');
    const url = postgres.url('prete', { user: 'invite', password: secret });
    const { code, said } = await refusedOn(url);
    expect([code, said]).toEqual([1, expect.stringContaining('Le rôle invite ne peut pas créer de tables dans la base prete')]);
    for (const statement of /its owner: (.*);/.exec(said)?.[1]?.split('; ') ?? []) await postgres.administer(statement, 'prete');
    const ready = newDataFolder();
    const pli = await startPli({ dataDir: ready, env: { DATABASE_URL: url } });
    expect(await pli.stop()).toBe(0);
    removeFolder(ready);
  }, 120_000);

  test('a database that is not in UTF-8, or that only reads, is refused with what to do', async () => {
    await postgres.administer(`create database latine encoding 'LATIN1' locale_provider libc locale 'C' template template0 owner pli`);
    expect(await refusedOn(postgres.url('latine'))).toEqual({ code: 1, said: expect.stringMatching(/La base latine est en LATIN1.*encoding 'UTF8'/s) });
    await postgres.administer('create database figee owner pli');
    await postgres.administer('alter database figee set default_transaction_read_only = on');
    expect(await refusedOn(postgres.url('figee'))).toEqual({ code: 1, said: expect.stringMatching(/La base figee n'accepte pas d'écritures.*standby/s) });
  }, 120_000);
});

test('a PostgreSQL that is too old is refused by its version', async () => {
  const old = await scriptedPostgres(['140011', '14.11', 'UTF8', 'f', 'f', 'pli', 'pli', 't']);
  const refused = await refusedOn(`postgres://pli:${secret}@127.0.0.1:${old.port}/pli`);
  old.close();
  expect(refused).toEqual({ code: 1, said: expect.stringMatching(/Pli demande PostgreSQL 15 ou plus récent.*14\.11.*Pli needs PostgreSQL 15 or newer/s) });
}, 120_000);
