import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type OpenDatabase, openDatabase } from '#platform/database/database.ts';
import { quietLog } from './quiet-log.ts';

export type ClonedDatabase = OpenDatabase & {
  name: string;
  /** Runs a statement that takes a superuser, which Pli's own role need not be. */
  administer(statement: string): Promise<void>;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
};

/** A database in which no Pli has ever been: no table, no migration. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const templateUrl = inject('templateUrl');
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(templateUrl, `create database ${name}`);
  return { url: templateUrl.replace(`/${template}`, `/${name}`), drop: () => administer(templateUrl, `drop database if exists ${name} with (force)`) };
}

/**
 * A database of one's own with every migration applied and nothing in it: about 50 ms. `from` is another one to be copied as it stands, whose
 * connections are closed.
 */
export async function cloneDatabase(from?: string): Promise<ClonedDatabase> {
  const templateUrl = inject('templateUrl');
  const template = new URL(templateUrl).pathname.slice(1);
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(inPostgres(templateUrl), `create database ${name} template ${from ?? template} strategy file_copy`);
  const ownUrl = (url: string) => url.replace(`/${template}`, `/${name}`);
  const database = await openDatabase(ownUrl(templateUrl), quietLog);
  const drop = async () => {
    await database.close();
    await administer(inPostgres(templateUrl), `drop database if exists ${name} with (force)`);
  };
  return { ...database, name, drop, administer: (statement) => administer(ownUrl(inject('administratorUrl')), statement) };
}

function inPostgres(templateUrl: string): string {
  return templateUrl.replace(/\/pli_template/, '/postgres');
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
