import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ctx, SignedInCtx } from '#context';
import { openCode } from '#domain/notices/sealed-code.ts';
import { isStaff } from '#domain/organisations/api.ts';
import { readSession, startSession } from '#domain/sign-in/api.ts';
import { cheapCost, openHasher } from '#platform/hashing/open-hasher.ts';
import { monotonicIds } from '#platform/ids/monotonic-ids.ts';
import type { AnyJobDefinition } from '#platform/jobs/definitions.ts';
import { directJobs } from '#platform/jobs/direct-jobs.ts';
import { openKeyring } from '#platform/keys/open-keyring.ts';
import { openMemory } from '#platform/memory/open-memory.ts';
import { openFileStorage } from '#platform/storage/open-file-storage.ts';
import { type ClonedDatabase, cloneDatabase } from './database.ts';
import { type DirectLive, directLive } from './direct-live.ts';
import { quietLog } from './quiet-log.ts';

/** A mail as it was asked for, sent or not. */
export type WrittenMail = { kind: string; to: string; locale: string; code: string | undefined; parameters: Record<string, unknown> };

export type MovableClock = {
  now: () => Date;
  sessionNow: () => Date;
  set(at: Date | string): void;
  /** Moves Pli's clock forward; the sessions' too when asked. */
  advance(seconds: number, options?: { sessions?: boolean }): void;
};

/** Pli without its doors: a database of its own, a clock that only the test moves, cheap hashes, jobs run by hand. */
export type World = {
  /** Nobody signed in. */
  ctx: Ctx;
  clock: MovableClock;
  database: ClonedDatabase;
  /** What was published and whose transaction has committed, told by the test's own hand. */
  live: DirectLive;
  /** Where its files (`files`) and keys (`keys`) lie. */
  folder: string;
  /** The same world as seen by a profile, through a session of its own. */
  as(profileId: string): Promise<SignedInCtx>;
  /** The mails written so far, oldest first, to one address or to all. */
  mails(to?: string): Promise<WrittenMail[]>;
  /** The last code sent to an address. */
  lastCode(to: string): Promise<string>;
  /** Runs the jobs that wait. */
  runJobs(): Promise<void>;
  dispose(): Promise<void>;
};

/** Monday 2 February 2015, 15:14:18 in Toronto: the instant of the first guide. */
export const firstInstant = '2015-02-02T20:14:18.000Z';

export async function makeWorld(options: { jobs?: readonly AnyJobDefinition<Ctx>[]; at?: string } = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'pli-world-'));
  const database = await cloneDatabase();
  const keys = await openKeyring(join(folder, 'keys'));
  const clock = movableClock(options.at ?? firstInstant);
  const jobs = directJobs<Ctx>(options.jobs);
  const live = directLive();
  const ctx: Ctx = {
    actor: undefined,
    locale: 'fr-CA',
    db: database.db,
    keys,
    storage: openFileStorage(join(folder, 'files')),
    hasher: openHasher({ pepper: keys.pepper, cost: cheapCost }),
    jobs,
    live: live.announcer,
    memory: openMemory(),
    log: quietLog,
    now: clock.now,
    sessionNow: clock.sessionNow,
    newId: monotonicIds(),
    randomBytes,
  };
  return {
    ctx,
    clock,
    database,
    live,
    folder,
    as: (profileId) => signedInAs(ctx, profileId),
    mails: (to) => readMails(ctx, to),
    lastCode: (to) => readLastCode(ctx, to),
    runJobs: () => jobs.runAll(ctx),
    async dispose() {
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function movableClock(from: string): MovableClock {
  let now = new Date(from).getTime();
  let sessionNow = now;
  return {
    now: () => new Date(now),
    sessionNow: () => new Date(sessionNow),
    set(at) {
      now = new Date(at).getTime();
      sessionNow = now;
    },
    advance(seconds, { sessions = false } = {}) {
      now += seconds * 1000;
      if (sessions) sessionNow += seconds * 1000;
    },
  };
}

async function signedInAs(ctx: Ctx, profileId: string): Promise<SignedInCtx> {
  const staff = await isStaff(ctx, { profileId });
  const grant = await startSession(ctx, { profileId, method: 'password', staff, device: undefined, ownDevice: false });
  const { live } = await readSession(ctx, grant.token);
  if (!live) throw new Error('A session just opened is not live: is the profile suspended?');
  return { ...ctx, actor: live.actor };
}

/** The last code sent to an address, as the database of that context has it. */
export async function readLastCode(ctx: Ctx, to: string): Promise<string> {
  const code = (await readMails(ctx, to)).findLast((mail) => mail.code !== undefined)?.code;
  if (code === undefined) throw new Error('No code was sent to that address');
  return code;
}

async function readMails(ctx: Ctx, to: string | undefined): Promise<WrittenMail[]> {
  const rows = await ctx.db
    .selectFrom('outgoing_mails')
    .select(['id', 'kind', 'recipient', 'locale', 'sealed_code', 'code', 'parameters'])
    .$if(to !== undefined, (mails) => mails.where('recipient', '=', to ?? ''))
    .orderBy('seq')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    to: row.recipient,
    locale: row.locale,
    code: row.code ?? (row.sealed_code ? openCode(ctx, row.id, row.sealed_code) : undefined),
    parameters: row.parameters as Record<string, unknown>, // jsonb objects, by the gate's schema
  }));
}
