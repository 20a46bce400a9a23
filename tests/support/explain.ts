import { randomBytes } from 'node:crypto';
import { type CompiledQuery, type Kysely, sql } from 'kysely';
import type { DB } from '#platform/database/schema.ts';

/** A node of PostgreSQL's plan, as EXPLAIN (FORMAT JSON) names things. */
type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Sort Key'?: string[];
  'Plan Rows': number;
  /** Of a plan that has run: an average over its loops. */
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  'Shared Hit Blocks'?: number;
  'Shared Read Blocks'?: number;
  Plans?: PlanNode[];
};

/** A query builder, or raw `sql`. */
type Query = { compile(db: Kysely<DB>): CompiledQuery };

export type Plan = {
  /** Names of the indexes that are read. */
  indexes: string[];
  /** Tables read from end to end. */
  seqScans: string[];
  /** What is sorted whole: the sort keys of each full Sort. An incremental sort under a LIMIT does not count. */
  sorts: string[];
  /** The most rows that the planner expects from any node. */
  mostRows: number;
  /** The plan as a tree of lines, for the message of a failed test. */
  text: string;
};

/**
 * The plan that a prepared statement gets once PostgreSQL has made it generic (`plan_cache_mode = force_generic_plan`): the one that
 * every process ends up with, which cannot use a partial index whose predicate is a parameter.
 * The tables must be filled and analysed (`analyse`), or the planner reads them whole with good reason.
 */
export async function explain(db: Kysely<DB>, query: Query): Promise<Plan> {
  const compiled = query.compile(db);
  return summarise(await generically(db, { compiled, values: compiled.parameters.map(() => 'null'), options: 'format json' }));
}

export type Reading = Plan & {
  /** Rows fetched from tables and indexes by all the nodes that scan, kept or thrown away. */
  rowsRead: number;
  /** Pages of 8 KiB asked for, found in memory or not. */
  buffers: number;
};

/** What a statement reads with the values it carries, under the same generic plan. It is run, and what it writes is undone. */
export async function readingOf(db: Kysely<DB>, query: Query): Promise<Reading> {
  const compiled = query.compile(db);
  const root = await generically(db, { compiled, values: compiled.parameters.map(literal), options: 'analyze, buffers, timing off, format json' });
  const plan = summarise(root);
  const nodes = root ? flatten(root, 0).map(({ node }) => node) : [];
  const rowsRead = nodes.filter((node) => node['Index Name'] ?? node['Relation Name']).reduce((sum, node) => sum + fetched(node), 0);
  return { ...plan, rowsRead, buffers: (root?.['Shared Hit Blocks'] ?? 0) + (root?.['Shared Read Blocks'] ?? 0) };
}

function fetched(node: PlanNode): number {
  const each = (node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0);
  return Math.round(each * (node['Actual Loops'] ?? 0));
}

/** As EXECUTE takes a value whose type PostgreSQL knows: text between quotes. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return `'{${value.map((one) => JSON.stringify(String(one))).join(',')}}'`;
  return `'${(value instanceof Date ? value.toISOString() : String(value)).replaceAll("'", "''")}'`;
}

type Asked = { compiled: CompiledQuery; values: string[]; options: string };

async function generically(db: Kysely<DB>, { compiled, values, options }: Asked): Promise<PlanNode | undefined> {
  const name = `explained_${randomBytes(6).toString('hex')}`;
  return db.connection().execute(async (connection) => {
    await sql.raw('set plan_cache_mode = force_generic_plan').execute(connection);
    // Parameters of unknown type, as with `pg`: PostgreSQL deduces them from where they stand.
    await sql.raw(`prepare ${name} as ${compiled.sql}`).execute(connection);
    await sql.raw('begin').execute(connection);
    try {
      const call = values.length === 0 ? name : `${name}(${values.join(', ')})`;
      const { rows } = await sql.raw<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (${options}) execute ${call}`).execute(connection);
      return rows[0]?.['QUERY PLAN'][0].Plan;
    } finally {
      await sql.raw('rollback').execute(connection);
      await sql.raw(`deallocate ${name}`).execute(connection);
      await sql.raw('reset plan_cache_mode').execute(connection);
    }
  });
}

/** Makes the planner know what the tables hold. */
export async function analyse(db: Kysely<DB>, ...tables: (keyof DB)[]): Promise<void> {
  for (const table of tables) await sql`analyze ${sql.table(table)}`.execute(db);
}

/** Throws, with the plan, unless the query reads these indexes, no table whole, and sorts nothing. */
export function assertReadsByIndex(plan: Plan, ...indexes: string[]): void {
  const faults = [
    ...indexes.filter((index) => !plan.indexes.includes(index)).map((index) => `does not use ${index}`),
    ...plan.seqScans.map((table) => `reads ${table} whole`),
    ...plan.sorts.map((keys) => `sorts everything by ${keys}`),
  ];
  if (faults.length > 0) throw new Error(`The query ${faults.join(', ')}:\n${plan.text}`);
}

function summarise(root: PlanNode | undefined): Plan {
  if (!root) throw new Error('EXPLAIN gave no plan.');
  const nodes = flatten(root, 0);
  return {
    indexes: nodes.flatMap(({ node }) => node['Index Name'] ?? []),
    seqScans: nodes.flatMap(({ node }) => (node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : [])),
    sorts: nodes.flatMap(({ node }) => (node['Node Type'] === 'Sort' ? (node['Sort Key']?.join(', ') ?? []) : [])),
    mostRows: Math.max(...nodes.map(({ node }) => node['Plan Rows'])),
    text: nodes.map(({ node, depth }) => `${'  '.repeat(depth)}${lineOf(node)}`).join('\n'),
  };
}

function flatten(node: PlanNode, depth: number): { node: PlanNode; depth: number }[] {
  return [{ node, depth }, ...(node.Plans ?? []).flatMap((child) => flatten(child, depth + 1))];
}

function lineOf(node: PlanNode): string {
  const on = [node['Relation Name'], node['Index Name'], node['Sort Key']?.join(', ')].filter(Boolean).join(' · ');
  return `${node['Node Type']} ${on} (${node['Plan Rows']} rows)`;
}
