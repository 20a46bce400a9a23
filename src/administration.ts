import { configurationPage } from '#platform/config/configuration-page.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { type OpenDatabase, openDatabase } from '#platform/database/database.ts';
import { startOrJoinEmbeddedPostgres } from '#platform/database/embedded/start-embedded-postgres.ts';
import { openKeyring } from '#platform/keys/open-keyring.ts';
import { openLog } from '#platform/log/open-log.ts';
import { StartRefused } from '#platform/start-refused.ts';

/** `bin/pli …`: what an administrator does from a terminal. */
const commands: Record<string, () => Promise<void>> = {
  'keys list': listKeys,
  'keys confirm': confirmKeys,
  config: showConfig,
  'config --markdown': async () => say(configurationPage().trimEnd()),
};

const log = openLog({ level: 'warn' });
// Whoever reads us has had enough: `bin/pli keys list | head`.
process.stdout.on('error', () => process.exit(0));

process.exit(await run(process.argv.slice(2).join(' ')));

async function run(typed: string): Promise<number> {
  const command = Object.hasOwn(commands, typed) ? commands[typed] : undefined;
  if (!command) {
    say(`bin/pli ${Object.keys(commands).join('\nbin/pli ')}`);
    return typed === '' || typed === 'help' || typed === '--help' ? 0 : 2;
  }
  try {
    await command();
    return 0;
  } catch (error) {
    if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
    else log.error({ error }, `bin/pli ${typed} failed`);
    return 1;
  }
}

/** One line a setting: name, value (secrets masked), where it comes from. */
async function showConfig(): Promise<void> {
  for (const { name, value, source } of readConfig().list) say(`${name.padEnd(18)} ${value}  (${source})`);
}

/** The days that have a key, oldest first, and since when their destruction is held. */
async function listKeys(): Promise<void> {
  const { config } = readConfig();
  for (const day of await (await openKeyring(config.keyringDir)).listDays()) say(day);
  await withDatabase(async ({ db }) => {
    const hold = await db.selectFrom('installation').select(['keys_held_since', 'keys_held_reason']).executeTakeFirst();
    if (hold?.keys_held_since) say(`held since ${hold.keys_held_since.toISOString()}: ${hold.keys_held_reason ?? ''} (bin/pli keys confirm)`);
  });
}

/** The clock was found right by a person: keys that are due are destroyed again from the next sweep on. */
async function confirmKeys(): Promise<void> {
  await withDatabase(async ({ db }) => {
    // Without the last sweep forgotten, the same leap of the clock would hold them again at once.
    await db.updateTable('installation').set({ keys_held_since: null, keys_held_reason: null, last_tick_at: null }).execute();
    say('ok');
  });
}

async function withDatabase(work: (database: OpenDatabase) => Promise<void>): Promise<void> {
  const { config } = readConfig();
  const embedded = config.databaseUrl ? undefined : await startOrJoinEmbeddedPostgres({ dataDir: config.dataDir, pgBin: config.pgBin, log });
  const database = await openDatabase(config.databaseUrl ?? embedded?.url ?? '', log);
  try {
    await work(database);
  } finally {
    await database.close();
    await embedded?.stop();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
