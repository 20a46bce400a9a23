import { Kysely, PostgresDialect } from 'kysely';
import type { Ctx } from '#context';
import type { DB } from '#platform/database/schema.ts';
import type { World } from './world.ts';

/** How many statements `work` gives to PostgreSQL in the context of `ctx`; what its transactions begin and end with is not counted. */
export async function countStatements<C extends Ctx>(world: World, ctx: C, work: (ctx: C) => Promise<unknown>): Promise<number> {
  let statements = 0;
  const db = new Kysely<DB>({
    dialect: new PostgresDialect({ pool: world.database.pool }),
    log: () => {
      statements += 1;
    },
  });
  await work({ ...ctx, db });
  return statements;
}
