import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type DatabaseServer, placeOf } from './database-url.ts';

/** What a server says of itself: it accepts writes, or why it is of no use now. */
export type Writable = { server: DatabaseServer; timeline: number; system: string };
export type Useless = { server: DatabaseServer; fault: string };

/** What is known of the database: promoting a standby begins a new timeline, with a higher number; `system` is the same on all its copies. */
export type Known = { timeline: number; system: string | undefined };

const answerWithinMs = 2_000;
const graceMs = 400;

/** Asks all at once. Once one accepts writes, the others have a moment to say that they were promoted after it. */
export async function lookAt(servers: readonly DatabaseServer[], url: string): Promise<(Writable | Useless)[]> {
  const states: (Writable | Useless)[] = servers.map((server) => ({ server, fault: 'does not answer' }));
  const probes = servers.map(async (server, index) => {
    const state = await probe(server, url);
    states[index] = state;
    if ('fault' in state) throw new Error(state.fault);
  });
  const found = Promise.any(probes).then(() => pause(graceMs, undefined, { ref: false }));
  const all = Promise.allSettled(probes);
  await Promise.race([all, found.catch(() => all)]);
  return [...states];
}

/** Of servers that all claim to accept writes, the one promoted last; never one whose history was left behind, nor another database's. */
export function bestOf(states: readonly (Writable | Useless)[], known: Known): Writable | undefined {
  const able = states.filter((state) => 'timeline' in state).filter((state) => strangeness(state, known) === undefined);
  return able.reduce<Writable | undefined>((best, state) => (best && best.timeline >= state.timeline ? best : state), undefined);
}

/** One line for an administrator: the server, and why it was not chosen. */
export function describeState(state: Writable | Useless, known: Known): string {
  return `${placeOf(state.server)} ${'fault' in state ? state.fault : strangeness(state, known)}`;
}

function strangeness(state: Writable, known: Known): string | undefined {
  if (known.system !== undefined && state.system !== known.system) return 'is another database';
  if (state.timeline < known.timeline) return `writes a history that was left behind (timeline ${state.timeline}; ours is ${known.timeline})`;
  return undefined;
}

const question = `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as reading,
  (select system_identifier from pg_control_system())::text as system,
  case when not pg_is_in_recovery() then ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int end as timeline`;

/** Where an administrator keeps the first from us (42501): who was promoted last cannot be told then, only who accepts writes. */
const shorterQuestion = `select pg_is_in_recovery() as standby, current_setting('transaction_read_only') = 'on' as reading, '' as system, 0 as timeline`;

type Answer = { standby: boolean; reading: boolean; system: string; timeline: number };

async function probe(server: DatabaseServer, url: string): Promise<Writable | Useless> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'pli-probe',
    connectionTimeoutMillis: answerWithinMs,
    query_timeout: answerWithinMs,
  });
  aimAt(client, server);
  client.on('error', () => undefined); // Its question fails, or has been answered.
  try {
    await client.connect();
    const { rows } = await client.query<Answer>(question).catch((error: unknown) => {
      if (error instanceof pg.DatabaseError && error.code === '42501') return client.query<Answer>(shorterQuestion);
      throw error;
    });
    const [answer] = rows;
    if (!answer) return { server, fault: 'answers nothing' };
    if (answer.standby) return { server, fault: 'is a standby' };
    if (answer.reading) return { server, fault: 'only reads' };
    return { server, timeline: answer.timeline, system: answer.system };
  } catch (error) {
    return { server, fault: `does not answer (${reasonOf(error)})` };
  } finally {
    cutLine(client);
  }
}

/** Why a server does not answer; a name with several addresses fails with an error that has no message of its own. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return error.message || String(Reflect.get(error, 'code') ?? error.name);
}

/** The driver reads these two when it connects, and its types do not say that they may be changed until then. */
export function aimAt(client: pg.Client, { host, port }: DatabaseServer): void {
  Object.assign(client, { host, port });
}

/** Ends a connection without waiting for a farewell that a silent server would never answer. */
export function cutLine(client: pg.Client, reason?: Error): void {
  if (!reason) client.end().catch(() => undefined);
  // The driver's types leave its socket out.
  const { connection } = client as unknown as { connection?: { stream?: { destroy(error?: Error): void } } };
  connection?.stream?.destroy(reason);
}
