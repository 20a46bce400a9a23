import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DatabaseClient } from '#platform/database/database-client.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { type DebianPostgres, makePostgres, makeStandby, postgres15Missing } from '../../support/debian-postgres.ts';
import { quietLog } from '../../support/quiet-log.ts';

test.skipIf(postgres15Missing)('probe', async () => {
  console.time('made');
  const primary = await makePostgres();
  console.timeEnd('made');
  const standby = await makeStandby(primary, 'second');
  console.timeEnd('made' );
  const url = `postgres://pli:${primary.password}@127.0.0.1:${standby.port},127.0.0.1:${primary.port}/pli?target_session_attrs=read-write`;
  const db = await openDatabase(url, quietLog);
  console.log((await db.pool.query('select pg_is_in_recovery(), version()')).rows);
  await migrate(url);
  await primary.stop('kill');
  standby.promote();
  const t = performance.now();
  for (;;) { try { console.log((await db.pool.query('select pg_is_in_recovery(), current_setting(\'port\')')).rows, performance.now() - t); break; } catch (e) { console.log(String(e)); } }
  await db.close();
  await primary.remove(); await standby.remove();
}, 60000);
