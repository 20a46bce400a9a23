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
  const name = `explained_${randomBytes(6).toString('hex')}`;
  return db.connection().execute(async (connection) => {
    await sql.raw('set plan_cache_mode = force_generic_plan').execute(connection);
    // Parameters of unknown type, as with `pg`: PostgreSQL deduces them from where they stand.
    await sql.raw(`prepare ${name} as ${compiled.sql}`).execute(connection);
    try {
      const values = compiled.parameters.map(() => 'null').join(', ');
      const call = values === '' ? name : `${name}(${values})`;
      const { rows } = await sql.raw<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(`explain (format json) execute ${call}`).execute(connection);
      return summarise(rows[0]?.['QUERY PLAN'][0].Plan);
    } finally {
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
