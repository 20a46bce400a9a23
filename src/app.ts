import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { Ctx, SignedInCtx } from '#context';
import { handOverJob, refreshCounts, resumeHandovers } from '#domain/administration/api.ts';
import { discardUploads, removeBlobs } from '#domain/attachments/api.ts';
import {
  countsOf,
  expireMessages,
  followDelegations,
  readersAmong,
  refreshInboxesJob,
  remindOfExpiry,
  sendDueReminders,
  titleForNotice,
} from '#domain/conversations/api.ts';
import { demonstrationPassword, demonstrationPeople, loadDemonstrationWorld, prepareInstallation } from '#domain/demonstration/api.ts';
import { discardDueDrafts } from '#domain/drafts/api.ts';
import { type Courier, type DeliverySettings, noticeJobs, openCourier } from '#domain/notices/api.ts';
import { destroyDueKeys, recogniseKeyring } from '#domain/retention/api.ts';
import { listLiveSessions, sweepSignIn } from '#domain/sign-in/api.ts';
import { translator } from '#messages/translate.ts';
import { announcedClock, type Clock, openClock } from '#platform/clock/clock.ts';
import type { Config } from '#platform/config/config.ts';
import type { OpenDatabase } from '#platform/database/database.ts';
import { letHashingGiveWay } from '#platform/hashing/give-way.ts';
import { openHasher } from '#platform/hashing/open-hasher.ts';
import type { Bindings } from '#platform/http/listen.ts';
import { monotonicIds } from '#platform/ids/monotonic-ids.ts';
import { repeat } from '#platform/jobs/repeat.ts';
import { runEach } from '#platform/jobs/run-each.ts';
import { startJobs } from '#platform/jobs/start-jobs.ts';
import { DayDestroyed, openKeyring } from '#platform/keys/open-keyring.ts';
import type { Log } from '#platform/log/log.ts';
import { requestLog } from '#platform/log/request-log.ts';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import { noMailer } from '#platform/mail/no-mailer.ts';
import { smtpMailer } from '#platform/mail/smtp-mailer.ts';
import { readSmtpUrl } from '#platform/mail/smtp-relay.ts';
import { openMemory } from '#platform/memory/open-memory.ts';
import { type Metrics, openMetrics } from '#platform/metrics/open-metrics.ts';
import { readQueues } from '#platform/metrics/read-queues.ts';
import { projectRoot } from '#platform/project-root.ts';
import { type Announcer, sweepChanges } from '#platform/realtime/changes.ts';
import { openRealtime } from '#platform/realtime/open-realtime.ts';
import { startRefused } from '#platform/start-refused.ts';
import { openFileStorage } from '#platform/storage/open-file-storage.ts';
import { sweepBudgets } from '#platform/throttle/budgets.ts';
import type { Siblings } from '#platform/workers/siblings.ts';
import { type OpenStreams, openStreams } from '#protocols/events/open-streams.ts';
import { eventRoutes } from '#protocols/events/routes.ts';
import { uploadRoutes } from '#protocols/uploads/routes.ts';
import { defaultLocale } from '#shared/locales.ts';
import { administrationRoutes } from '#web/administration/routes.ts';
import { brandRoutes } from '#web/brand/routes.ts';
import { connexionRoutes } from '#web/connexion/routes.ts';
import { demoRoutes } from '#web/demo/routes.ts';
import { frontDoorRoutes } from '#web/front-door/routes.tsx';
import { healthRoutes } from '#web/health/routes.ts';
import { helpRoutes } from '#web/help/routes.tsx';
import { invitationRoutes } from '#web/invitation/routes.ts';
import { appearanceRoutes } from '#web/layout/appearance.ts';
import { loadAssets } from '#web/layout/assets.ts';
import { crossSitePage, errorPage, notFoundPage, unreadableAddress, unreadableAddressPage } from '#web/layout/error-pages.tsx';
import type { Installation } from '#web/layout/installation.ts';
import { originCheck } from '#web/layout/origin-check.ts';
import { securityHeaders } from '#web/layout/security-headers.ts';
import { staticFiles } from '#web/layout/static-files.ts';
import { frameMiddleware, viewMiddleware } from '#web/layout/view-middleware.ts';
import type { Web } from '#web/layout/web.ts';
import { metricsRoutes } from '#web/metrics/routes.ts';
import { profileRoutes } from '#web/profile/routes.ts';
import { recoveryRoutes } from '#web/recovery/routes.ts';
import { sessionMiddleware } from '#web/session.ts';
import { signInRoutes } from '#web/sign-in/routes.ts';
import { rememberOrganisations } from './organisation-cards.ts';

export type Pli = {
  fetch: (request: Request, env: Bindings) => Response | Promise<Response>;
  /** What the console says once Pli listens. */
  greeting: () => string[];
  /** Ends the streams of open screens, which would keep their connections busy; opens no other. Before the HTTP server closes. */
  endStreams: () => void;
  stop: () => Promise<void>;
};

type Opening = { config: Config; database: OpenDatabase; siblings: Siblings; log: Log };

const sweepEveryMs = 15_000;

/** Opens everything and ties it together: the only place that knows all the parts. */
export async function openPli({ config, database, siblings, log }: Opening): Promise<Pli> {
  const machineNow = () => new Date();
  await prepareInstallation(database.db, { demonstration: config.demo, now: machineNow() });
  const clock = await openClock(database.db);
  const keys = await openKeyring(config.keyringDir);
  await recogniseKeyring(database.db, keys.fingerprint);
  // Only the demonstration's clock moves, and then for all its processes.
  const live = await openRealtime({ db: database.db, url: database.url, log, alongside: config.demo ? clock.refresh : undefined });
  const parts = {
    db: database.db,
    live,
    keys,
    storage: openFileStorage(config.storageDir),
    hasher: openHasher({ pepper: keys.pepper, atOnce: config.workers > 1 ? 1 : 2 }),
    memory: openMemory({ siblings }),
    log,
  };
  letHashingGiveWay();
  const metrics = openMetrics(() => readQueues(database.pool), siblings);
  const courier = openCourier(deliveryOf(config, database, { log, metrics }));
  const running = await startJobs<Ctx>({
    databaseUrl: database.url,
    definitions: [...noticeJobs(courier), refreshInboxesJob, handOverJob],
    context: () => systemCtx(),
    log,
  });
  const newId = monotonicIds();
  const systemCtx = (): Ctx => ({
    ...parts,
    actor: undefined,
    locale: defaultLocale,
    jobs: running.jobs,
    now: clock.now,
    sessionNow: clock.sessionNow,
    newId,
    randomBytes,
  });
  if (config.demo) {
    await loadWorld(systemCtx(), config).catch(async (fault: unknown) => {
      await running.stop();
      await live.close();
      throw fault;
    });
  }

  const sweeps = repeat({ everyMs: sweepEveryMs, work: () => runDueWork(systemCtx(), { courier, machineNow }), log });
  const catchUp = async () => {
    await sweeps.runNow();
    await running.drain();
    // What the jobs just did may have made something else due.
    await sweeps.runNow();
  };
  const streams = openStreams({ listen: live.listen, liveSessions: (ids) => listLiveSessions(systemCtx(), ids), log });
  const organisations = rememberOrganisations(systemCtx, siblings);
  await organisations.refresh();
  const ready = () => database.pool.query('select 1');
  const site = buildSite({ config, organisations, systemCtx, clock: sharedClock(clock, { siblings, live }), catchUp, streams, ready, metrics });
  return {
    fetch: (request, env) => site.fetch(request, env),
    greeting: () => greeting(config),
    endStreams: streams.close,
    async stop() {
      streams.close();
      await sweeps.stop();
      await running.stop();
      await courier.stop();
      await live.close();
    },
  };
}

/** One clock for all the processes of this machine, at once; those of others are told. */
function sharedClock(clock: Clock, { siblings, live }: { siblings: Siblings; live: Announcer }): Clock {
  siblings.answer('clock', async () => {
    await clock.refresh();
    return '';
  });
  return announcedClock(clock, () => {
    live.flush();
    return siblings.ask('clock');
  });
}

/** A database begun anew beside the keys of an older one: the past it would seal is destroyed there. */
async function loadWorld(ctx: Ctx, config: Config): Promise<void> {
  await loadDemonstrationWorld(ctx).catch((fault: unknown) => {
    if (fault instanceof DayDestroyed) throw startRefused('installation.other-keys', { folder: config.keyringDir }, fault);
    throw fault;
  });
}

/** Everything that is due by Pli's clock, in an order that lets each follow the one before. Each is harmless twice. */
function runDueWork(ctx: Ctx, { courier, machineNow }: { courier: Courier; machineNow: () => Date }): Promise<void> {
  const works = {
    'expire-messages': () => expireMessages(ctx),
    'remind-of-expiry': () => remindOfExpiry(ctx),
    'send-reminders': () => sendDueReminders(ctx),
    'follow-delegations': () => followDelegations(ctx),
    'resume-handovers': () => resumeHandovers(ctx),
    'discard-uploads': () => discardUploads(ctx),
    'discard-drafts': () => discardDueDrafts(ctx),
    'remove-blobs': () => removeBlobs(ctx),
    'destroy-keys': () => destroyDueKeys(ctx, machineNow),
    'deliver-mails': () => courier.deliver(ctx),
    'refresh-counts': () => refreshCounts(ctx),
    'sweep-sign-in': () => sweepSignIn(ctx),
    'sweep-budgets': () => sweepBudgets(ctx.db, ctx.now()),
    'sweep-changes': () => sweepChanges(ctx.db, ctx.now()),
  };
  return runEach(works, ctx.log);
}

function deliveryOf(config: Config, database: OpenDatabase, { log, metrics }: { log: Log; metrics: Metrics }): DeliverySettings {
  return {
    publicUrl: () => new URL(publicAddress(config)),
    fromAddress: config.mailFrom,
    titleOf: titleForNotice,
    readersAmong,
    mailer: metrics.counting(config.demo ? keptMailer(database.db) : mailerOf(config, log)),
    // The demonstration shows each notice at once: its mails disturb nobody.
    quietMs: config.demo ? 0 : undefined,
  };
}

function mailerOf(config: Config, log: Log): Mailer {
  const relay = config.smtpUrl === undefined ? undefined : readSmtpUrl(config.smtpUrl);
  if (!relay) return noMailer(log);
  // RFC 5321 §4.1.1.1: a name of this machine that others know; without a public address nodemailer finds the best there is.
  return smtpMailer(relay, { name: config.url ? new URL(config.url).hostname : undefined });
}

export type Site = {
  config: Config;
  organisations: ReturnType<typeof rememberOrganisations>;
  systemCtx: () => Ctx;
  clock: Clock;
  catchUp: () => Promise<void>;
  streams: OpenStreams;
  ready: () => Promise<unknown>;
  /** Absent in tests of pages, which measure nothing. */
  metrics?: Metrics;
};

/** All the pages behind their middlewares; exported for tests, which ask it for pages without listening. */
export function buildSite({ config, organisations, systemCtx, clock, catchUp, streams, ready, metrics }: Site): Hono<Web> {
  const assets = loadAssets(join(projectRoot(), 'dist', 'browser'));
  const https = config.url?.startsWith('https:') ?? false;
  const installation: Installation = {
    origin: config.url,
    demo: config.demo && config.demoPublic,
    assets: assets.page,
    get zone() {
      return organisations.zone();
    },
    support: organisations.support,
    unreadOf: async (ctx: SignedInCtx) => countsOf(ctx.actor),
    organisationOf: organisations.of,
    lookOf: organisations.lookOf,
  };
  const site = new Hono<Web>();
  if (metrics) site.use(metrics.countRequests);
  // In the demonstration the terminal is for what it greets with.
  if (!config.demo) site.use(requestLog(systemCtx().log));
  site.use(securityHeaders({ https }));
  site.use(frameMiddleware(installation));
  site.route('/', healthRoutes({ database: ready }));
  site.route('/', staticFiles(assets));
  site.route('/', brandRoutes({ brandOf: organisations.brandOf, systemCtx }));
  if (metrics) site.route('/', metricsRoutes({ ...metrics, trustedProxy: config.trustedProxy }));
  site.use(sessionMiddleware({ system: systemCtx, origin: config.url }));
  site.route('/', eventRoutes(streams));
  site.use(viewMiddleware(installation));
  site.use(originCheck({ origin: config.url, exempt: (path) => path.startsWith('/demo/'), refused: crossSitePage }));
  site.route('/', uploadRoutes());
  const door = { requireSecondProof: !config.demo, trustedProxy: config.trustedProxy };
  const routes = [
    frontDoorRoutes(),
    signInRoutes(door),
    recoveryRoutes(door),
    invitationRoutes(),
    profileRoutes(door),
    connexionRoutes(),
    administrationRoutes({ looksChanged: organisations.forget }),
    helpRoutes(),
    appearanceRoutes(),
    demoRoutes(config.demo ? { origin: config.url, clock, catchUp } : undefined),
  ];
  for (const part of routes) site.route('/', part);
  site.all(unreadableAddress, (c) => unreadableAddressPage(c));
  site.notFound((c) => notFoundPage(c));
  site.onError((error, c) => errorPage(c, error, systemCtx().log));
  return site;
}

/** In both languages: whoever starts Pli has not said which one is theirs. */
function greeting(config: Config): string[] {
  if (!config.demo) return [];
  const languages = [translator('fr-CA'), translator('en')];
  const mail = { address: `${publicAddress(config)}/demo/courrier` };
  const accounts = demonstrationPeople.filter((person) => person.password);
  return [
    '',
    ...languages.map((t) => t('demo.greeting.accounts', { password: demonstrationPassword })),
    ...accounts.map((person) => `  ${person.addresses.map(({ address }) => address).join(' · ')}`),
    ...languages.map((t) => t('demo.greeting.mail', mail)),
    ...languages.map((t) => t('demo.greeting.keys', { folder: config.keyringDir })),
  ];
}

/** Without PLI_URL, the very address the console prints: the links of the demonstration's mails then find the session opened there. */
function publicAddress(config: Config): string {
  return config.url ?? `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`;
}
