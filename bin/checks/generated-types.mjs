// src/platform/database/schema.ts says what the migrations make: verified on a new database. With --write it is written again.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/platform/database/embedded/start-embedded-postgres.ts';
import { migrate } from '../../src/platform/database/migrate.ts';
import { inProject } from '../launch/project.mjs';

const write = process.argv.includes('--write');
const quiet = { info: () => undefined, warn: () => undefined, error: (_, text) => console.error(text) };
const dataDir = mkdtempSync(join(tmpdir(), 'pli-types-'));
try {
  const postgres = await startEmbeddedPostgres({ dataDir, log: quiet, durable: false });
  try {
    await migrate(postgres.url);
    process.exitCode = generate(postgres.url);
  } finally {
    await postgres.stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

function generate(url) {
  const options = [
    '--dialect',
    'postgres',
    '--date-parser',
    'string',
    '--type-mapping',
    '{"int8":"number"}',
    '--exclude-pattern',
    '{pgboss.*,*.schema_migrations}',
  ];
  const program = inProject('node_modules', 'kysely-codegen', 'dist', 'cli', 'bin.js');
  const { status } = spawnSync(
    process.execPath,
    [program, '--url', url, '--out-file', 'src/platform/database/schema.ts', ...options, ...(write ? [] : ['--verify'])],
    {
      cwd: inProject(),
      stdio: 'inherit',
    },
  );
  if (status !== 0) console.error('Write it again: node bin/checks/generated-types.mjs --write');
  return status ?? 1;
}
