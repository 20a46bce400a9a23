import type { Kysely } from 'kysely';
import type { Locale } from '#shared/locales.ts';
import type { Role } from '#shared/people.ts';
import type { DB } from './platform/database/schema.ts';
import type { Hasher } from './platform/hashing/hasher.ts';
import type { Jobs } from './platform/jobs/jobs.ts';
import type { Keyring } from './platform/keys/keyring.ts';
import type { Log } from './platform/log/log.ts';
import type { Memory } from './platform/memory/open-memory.ts';
import type { Announcer, Change } from './platform/realtime/changes.ts';
import type { Storage } from './platform/storage/storage.ts';

export type Database = Kysely<DB>;

/**
 * An address of the actor. `counts` are those of its inbox when the session was read: what the frame of the page shows, without another
 * read; a verb that needs them reads them again.
 */
export type ActorPersona = {
  id: string;
  address: string;
  /** `partly`: an organisation closed its conversations to this address; they are not counted. */
  counts?: { unread: number; conversations: number; partly?: boolean };
};

/** What the actor is in an organisation; only memberships in force are listed. */
export type ActorMembership = { organisationId: string; personaId: string; role: Role };

/** Rows a page, and which end comes first. */
export type ListChoice = { size: 10 | 20 | 30; order: 'newest' | 'oldest' };

/** The signed-in human, read once per request by the session. */
export type Actor = {
  profileId: string;
  sessionId: string;
  displayName: string;
  timeZone: string | undefined;
  personas: readonly ActorPersona[];
  memberships: readonly ActorMembership[];
  /** How they last chose to see their list (000-35); absent when they never did. */
  list?: ListChoice | undefined;
  /** Whether anything unfinished was kept for them when the session was read: whoever has nothing is asked about nothing. */
  hasDrafts: boolean;
};

/** Everything a verb of the domain may use. Time, ids and chance come from here, never from the machine. */
export type Ctx = {
  actor: Actor | undefined;
  locale: Locale;
  db: Database;
  keys: Keyring;
  storage: Storage;
  hasher: Hasher;
  jobs: Jobs;
  /** Open screens are told that something changed: see `publish`. */
  live: Announcer;
  /** What this process knows for a few seconds without asking again. */
  memory: Memory;
  log: Log;
  /** The product's clock: moved by tests and by the demonstration. */
  now: () => Date;
  /** The clock sessions live by, which the demonstration's clock does not move unless asked to. */
  sessionNow: () => Date;
  /** A new UUIDv7 (RFC 9562 §5.7). */
  newId: () => string;
  /** `size` bytes from the cryptographic source of chance. */
  randomBytes: (size: number) => Buffer;
};

/** A context whose actor is known: what every signed-in door works with. */
export type SignedInCtx = Ctx & { actor: Actor };

/**
 * Runs `work` in one transaction: what it writes is seen whole or not at all. A refusal undoes what was written before it.
 * Nothing outside the database is called inside. Within a transaction it joins it.
 */
export async function atomically<C extends Ctx, T>(ctx: C, work: (inside: C) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx);
  let then: Afterwards | undefined;
  try {
    const done = await ctx.db.transaction().execute(async (db) => {
      const outcome = await work({ ...ctx, db });
      if (isRefused(outcome)) throw new Undone(outcome);
      then = afterwards.get(db);
      return outcome;
    });
    for (const act of then?.values() ?? []) act();
    return done;
  } catch (error) {
    if (error instanceof Undone) return error.outcome as T; // thrown four lines above, with this very T
    throw error;
  }
}

type Afterwards = Map<string, () => void>;

/** What is done once a transaction under way has committed. */
const afterwards = new WeakMap<Database, Afterwards>();

/**
 * Does `act` once the transaction under way has committed, and never if it does not; at once outside of one. Asked several times under one
 * `name` it is done once. It must not throw, and a process that dies in between never does it: it may only hasten what is found anyway.
 */
export function afterCommit(ctx: Ctx, name: string, act: () => void): void {
  if (!ctx.db.isTransaction) act();
  else {
    const known = afterwards.get(ctx.db) ?? new Map<string, () => void>();
    afterwards.set(ctx.db, known.set(name, act));
  }
}

/**
 * Says to the open screens of these people, and of nobody else, that something changed for them; never what. Written in the transaction
 * under way, told once it has committed, and never if it does not (docs/adr/0014).
 */
export async function publish(ctx: Ctx, change: Change): Promise<void> {
  await ctx.live.record(ctx.db, { ...change, at: ctx.now() });
  afterCommit(ctx, 'live', () => ctx.live.flush());
}

class Undone extends Error {
  readonly outcome: unknown;
  constructor(outcome: unknown) {
    super('Refused inside a transaction');
    this.outcome = outcome;
  }
}

function isRefused(outcome: unknown): boolean {
  return typeof outcome === 'object' && outcome !== null && 'ok' in outcome && outcome.ok === false;
}
