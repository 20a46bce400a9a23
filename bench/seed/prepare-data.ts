import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/start-embedded-postgres.ts';
import { openHasher } from '../../src/platform/hashing/open-hasher.ts';
import { openKeyring } from '../../src/platform/keys/open-keyring.ts';
import { dayMilliseconds, utcDay } from '../../src/shared/expiry.ts';
import { pliCommand } from '../../tests/support/pli-command.ts';
import { quietLog } from '../../tests/support/quiet-log.ts';
import { fillDatabase } from './fill-database.ts';
import { planData, type Sizes, sizesAt } from './plan.ts';
import { castOf, idsOf, tablesOf } from './rows.ts';
import { openSealing } from './sealing.ts';

/** Of everybody in the data set. */
export const benchPassword = 'Banc-d-essai-2026-Pli';
const zone = 'America/Toronto';
/** Raised when what is made changes. */
const format = 1;
/** Nothing of a data set expires, nor is its expiry announced, before it is thrown away. */
const freshForDays = 30;

export type Cast = ReturnType<typeof castOf>;
export type MadeData = {
  format: number;
  scale: number;
  madeAt: number;
  seconds: number;
  rows: Record<string, number>;
  databaseBytes: number;
  cast: Cast;
};

/** The data set of a scale, made if there is none (`fresh`: in any case), and a copy of it that a run may write in. */
export async function prepareData({ folder, scale, fresh }: { folder: string; scale: number; fresh: boolean }): Promise<{ made: MadeData; run: string }> {
  const place = join(folder, `scale-${scale}`);
  const kept = fresh ? undefined : readMade(place);
  const made = kept ?? (await makeData(place, sizesAt(scale), scale));
  const run = join(place, 'run');
  rmSync(run, { recursive: true, force: true });
  // With its owners: PostgreSQL's files are another account's when this one is root.
  execFileSync('cp', ['-a', '--reflink=auto', join(place, 'made'), run]);
  return { made, run };
}

function readMade(place: string): MadeData | undefined {
  const file = join(place, 'made.json');
  if (!existsSync(file)) return undefined;
  const made = JSON.parse(readFileSync(file, 'utf8')) as MadeData; // written below alone
  return made.format === format && Date.now() - made.madeAt < freshForDays * dayMilliseconds ? made : undefined;
}

/** Makes the data set in `<place>/made`: founded by `bin/pli init` as an institution does, then filled by COPY. */
export async function makeData(place: string, sizes: Sizes, scale: number): Promise<MadeData> {
  const begun = performance.now();
  rmSync(place, { recursive: true, force: true });
  const dataDir = join(place, 'made', 'data');
  mkdirSync(dataDir, { recursive: true });
  found(dataDir);
  const postgres = await startEmbeddedPostgres({ dataDir, log: quietLog, durable: false });
  try {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const filled = await fill(client, { keyring: join(place, 'made', 'pli-keys'), sizes }).finally(() => client.end());
    const made: MadeData = { format, scale, seconds: Math.round((performance.now() - begun) / 1000), ...filled };
    writeFileSync(join(place, 'made.json'), JSON.stringify(made));
    return made;
  } finally {
    await postgres.stop();
  }
}

function found(dataDir: string): void {
  const organisation = ['--organisation', 'Innovactione', '--slug', 'innovactione', '--zone', zone];
  const { status, stderr } = pliCommand({ PLI_DATA: dataDir, PLI_DEMO: 'off' }).run(
    ...['init', ...organisation, '--name', 'Alain Gagnon', '--address', 'alain.gagnon@innovactione.example'],
  );
  if (status !== 0) throw new Error(`bin/pli init failed: ${stderr}`);
}

async function fill(client: pg.Client, { keyring, sizes }: { keyring: string; sizes: Sizes }) {
  const keys = await openKeyring(keyring);
  const madeAt = Date.now();
  const plan = planData(sizes, madeAt);
  // From the expiry of the oldest message to that of the newest, a day of room at both ends.
  const days = Array.from({ length: 305 }, (_, n) => utcDay(new Date(madeAt + (61 + n) * dayMilliseconds)));
  const [passwordRecord, sealing, organisation] = await Promise.all([
    openHasher({ pepper: keys.pepper }).hash(benchPassword.normalize('NFKC')),
    openSealing(keys, { folder: keyring, days }),
    client.query<{ id: string }>('select id from organisations'),
  ]);
  const filling = { plan, ids: idsOf({ plan, now: madeAt }), now: madeAt, organisationId: organisation.rows[0]?.id ?? '', zone, passwordRecord, sealing };
  const rows = await fillDatabase(client, tablesOf(filling));
  const size = await client.query<{ bytes: string }>('select pg_database_size(current_database()) as bytes');
  return { madeAt, rows, databaseBytes: Number(size.rows[0]?.bytes), cast: castOf(filling) };
}
