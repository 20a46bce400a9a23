import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type OpenDatabase, openDatabase } from '../src/platform/database/database.ts';
import { foldersIn } from '../src/platform/database/embedded/folders.ts';
import { openKeyring } from '../src/platform/keys/open-keyring.ts';
import { fillLongList } from '../tests/support/long-list.ts';
import { quietLog } from '../tests/support/quiet-log.ts';
import { get } from './load.ts';

const many = 10_000;
const few = 20;
const size = 10;
const rounds = 200;

/**
 * `list-10000`: the first, middle and last page of a persona with 10 000 conversations beside that of one with 20, asked for in turn so that
 * what else the machine does falls on all of them alike. Medians in milliseconds; `ratio` is to the list of 20. `owner` is whose personas they become.
 */
export async function measureLongList({ url, dataDir, owner, headers }: { url: string; dataDir: string; owner: string; headers: Record<string, string> }) {
  const database = await openDatabase(readFileSync(foldersIn(dataDir).url, 'utf8').trim(), quietLog);
  const personas = await seed(database, { dataDir, owner }).finally(() => database.close());
  const last = many / size;
  const asked = [
    { name: 'list-of-20', address: `${url}/connexion?persona=${personas.few}` },
    { name: 'list-10000-first', address: `${url}/connexion?persona=${personas.many}` },
    { name: 'list-10000-middle', address: `${url}/connexion?persona=${personas.many}&page=${last / 2}` },
    { name: 'list-10000-last', address: `${url}/connexion?persona=${personas.many}&page=${last}` },
  ].map((one) => ({ ...one, waits: [] as number[] }));
  for (let round = -10; round < rounds; round++) {
    for (const { address, waits } of asked) {
      const sent = performance.now();
      const { status } = await get({ url: address, headers });
      if (status !== 200) throw new Error(`${address} was answered ${status}`);
      if (round >= 0) waits.push(performance.now() - sent);
    }
  }
  const medians = asked.map(({ waits }) => waits.sort((a, b) => a - b)[rounds / 2] ?? 0);
  return asked.map(({ name }, n) => ({
    name,
    p50: Number((medians[n] ?? 0).toFixed(2)),
    ratio: Number(((medians[n] ?? 0) / (medians[0] ?? 1)).toFixed(2)),
  }));
}

/** Two addresses more for `owner`, with few and many conversations that Marie holds. Vacuumed, as PostgreSQL does by itself within a minute. */
async function seed({ db }: OpenDatabase, { dataDir, owner }: { dataDir: string; owner: string }) {
  const keys = await openKeyring(join(dataDir, 'keys'));
  const { id: organisationId } = await db.selectFrom('organisations').select('id').where('slug', '=', 'innovactione').executeTakeFirstOrThrow();
  const idOf = (address: string) => db.selectFrom('personas').select(['id', 'profile_id']).where('address', '=', address).executeTakeFirstOrThrow();
  const marie = await idOf('marie.unetelle@innovactione.example');
  const { profile_id: profileId } = await idOf(owner);
  const newest = new Date();
  // The lines of the pages that are asked for carry a title; the others would only make the set-up longer.
  const shown = (rank: number) => rank < few || Math.abs(rank - many / 2) < few || rank >= many - few;
  const list = { organisationId, holderPersonaId: marie.id, newest, titled: { keys, lines: shown } };
  const personas = { few: crypto.randomUUID(), many: crypto.randomUUID() };
  for (const [name, conversations] of [
    ['few', few],
    ['many', many],
  ] as const) {
    const address = `liste.${conversations}@courriel.example`;
    await db
      .insertInto('personas')
      .values({ id: personas[name], profile_id: profileId, address, address_key: address, confirmed_at: newest, created_at: newest })
      .execute();
    await fillLongList(db, { ...list, personaId: personas[name], conversations });
  }
  await sql`vacuum analyze`.execute(db);
  return personas;
}
