import { setTimeout as delay } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { fromKysely, type JobWithMetadata, PgBoss } from 'pg-boss';
import { DatabaseClient } from '../database/database-client.ts';
import type { DB } from '../database/schema.ts';
import type { Log } from '../log/log.ts';
import { type Coalesced, coalesced } from '../realtime/coalesced.ts';
import { type AnyJobDefinition, byName, checkedPayload } from './definitions.ts';
import { delayedWakes } from './delayed-wakes.ts';
import type { Jobs } from './jobs.ts';

/** One queue for all jobs: one poll a second, whatever their number. */
const queue = 'pli';
/** Jobs taken at once and run side by side. */
const batchSize = 4;
/** A job held longer than this (its process was killed) is tried again. Seconds. */
const holdSeconds = 120;
/** A burst of nudges shares its runs. Milliseconds. */
const nudgeGapMs = 50;
/** How long `drain` and `stop` wait for running jobs. Milliseconds. */
const patience = { drain: 30_000, stop: 10_000 } as const;

export type RunningJobs = {
  jobs: Jobs;
  /** Resolves once no enqueued job is due or running; a failed job that waits for its next try is not due. */
  drain(): Promise<void>;
  /** Lets running jobs end, 10 s at most, and closes the connections. */
  stop(): Promise<void>;
};

type Envelope = { job: string; payload: object };
type Outcome = { id: string; status: 'completed' | 'failed' };

/**
 * pg-boss, on a schema and two connections of its own. No LISTEN/NOTIFY: a NOTIFY inside a domain transaction serialises commits.
 * Jobs are found by a poll each second, and within milliseconds when this very process enqueued them.
 */
export async function startJobs<Context>(settings: {
  databaseUrl: string;
  definitions: readonly AnyJobDefinition<Context>[];
  context: () => Context;
  log: Log;
}): Promise<RunningJobs> {
  const known = byName(settings.definitions);
  const boss = await openQueue(settings.databaseUrl, settings.log);

  async function runOne(job: JobWithMetadata<Envelope>): Promise<Outcome> {
    try {
      const definition = known(job.data.job);
      await definition.run(settings.context(), checkedPayload(definition, job.data.payload));
      return { id: job.id, status: 'completed' };
    } catch (error) {
      settings.log.error({ job: job.data.job, id: job.id, attempt: job.retryCount + 1, error }, 'A job failed');
      return { id: job.id, status: 'failed' };
    }
  }
  const options = { batchSize, pollingIntervalSeconds: 1, burstWhenBatchFull: true, includeMetadata: true, perJobResults: true } as const;
  const worker = await boss.work(queue, options, (jobs: JobWithMetadata<Envelope>[]) => Promise.all(jobs.map(runOne)));
  const wakes = delayedWakes(() => boss.notifyWorker(worker));
  const nudged = nudges(async (name) => {
    try {
      const definition = known(name);
      await definition.run(settings.context(), checkedPayload(definition, {}));
    } catch (error) {
      settings.log.error({ job: name, error }, 'A job that was asked for failed; the sweep does it');
    }
  });

  return {
    jobs: {
      async enqueue(db, name, payload, { singletonKey } = {}) {
        const definition = known(name);
        const envelope: Envelope = { job: name, payload: checkedPayload(definition, payload) };
        await boss.send(queue, envelope, {
          db: fromKysely(adapted(db)),
          retryLimit: definition.attempts - 1,
          singletonKey: singletonKey === undefined ? crypto.randomUUID() : `${name}:${singletonKey}`,
        });
        wakes.plan();
      },
      nudge: nudged.ask,
    },
    drain: () => drain(boss, worker),
    async stop() {
      wakes.cancel();
      await Promise.race([Promise.all([boss.offWork(queue, { wait: true }), nudged.stop()]), delay(patience.stop, undefined, { ref: false })]);
      await boss.stop({ graceful: false });
    },
  };
}

/** Each name's work at once when it is idle, then no oftener than every `nudgeGapMs`. */
function nudges(run: (name: string) => Promise<void>): { ask(name: string): void; stop(): Promise<void> } {
  const works = new Map<string, Coalesced>();
  return {
    ask(name) {
      const work = works.get(name) ?? coalesced(() => run(name), { gapMs: nudgeGapMs });
      works.set(name, work);
      work.ask();
    },
    async stop() {
      await Promise.all([...works.values()].map((work) => work.stop()));
    },
  };
}

async function openQueue(databaseUrl: string, log: Log): Promise<PgBoss> {
  const boss = new PgBoss({
    // pg-boss hands its settings over to pg's pool as they are; its types name only some of them.
    ...{ connectionString: databaseUrl, Client: DatabaseClient },
    application_name: 'pli-jobs',
    max: 2,
    schedule: false,
    superviseIntervalSeconds: 60,
    monitorVacuum: false,
  });
  boss.on('error', (error) => log.error({ error }, 'The queue of jobs answered with an error'));
  await boss.start();
  await boss.createQueue(queue, {
    // Of the jobs waiting under one singleton key, one is kept; a job without a key gets one of its own.
    policy: 'short',
    expireInSeconds: holdSeconds,
    retryBackoff: true,
    retryDelay: 1,
    retryDelayMax: 60,
    deleteAfterSeconds: 3600,
  });
  return boss;
}

async function drain(boss: PgBoss, worker: string): Promise<void> {
  const deadline = performance.now() + patience.drain;
  while (performance.now() < deadline) {
    boss.notifyWorker(worker);
    const { rows } = await boss.getDb().executeSql(
      `select 1 from pgboss.job where name = $1 and
         ((state in ('created', 'retry') and start_after <= now()) or (state = 'active' and started_on > now() - $2 * interval '1 second')) limit 1`,
      [queue, patience.drain / 1000],
    );
    if (rows.length === 0) return;
    await delay(5);
  }
  throw new Error('Jobs were still due or running after 30 s');
}

/** The adapter's own type asks for a shape that Kysely's generics do not show; it calls `executeQuery` and nothing else. */
function adapted(db: Kysely<DB>): Parameters<typeof fromKysely>[0] {
  return db as unknown as Parameters<typeof fromKysely>[0]; // as: see above
}
