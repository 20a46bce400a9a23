import { createMiddleware } from 'hono/factory';
import { crossSitePage, notFoundPage } from '#web/layout/error-pages.tsx';
import type { Web } from '#web/layout/web.ts';

/** What a page may do with Pli's clock: tell it, and move it forward. */
type MovableClock = {
  now: () => Date;
  advance: (duration: Temporal.Duration, options: { sessions: boolean }) => Promise<Date>;
};

export type DemoSettings = {
  clock: MovableClock;
  /** Origin of `PLI_URL`, or undefined on a loopback address. */
  origin: string | undefined;
  /** Runs all that is due by Pli's clock: the sweeps, then the jobs, until nothing is left. */
  catchUp: () => Promise<void>;
};

const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;

/**
 * The demonstration has no session to protect it: a page of another site must reach neither its mails nor its clock, even under a name
 * that resolves to this machine (DNS rebinding). Host is loopback or that of `PLI_URL`; Origin, when there is one, is the same.
 */
export function ownHostOnly({ origin }: Pick<DemoSettings, 'origin'>) {
  return createMiddleware<Web>(async (c, next) => {
    const own = URL.parse(c.req.url);
    if (!own || !(loopback.test(own.hostname) || own.host === hostOf(origin))) return notFoundPage(c);
    const asking = c.req.header('origin');
    if (asking !== undefined && hostOf(asking) !== own.host) return crossSitePage(c);
    await next();
  });
}

function hostOf(origin: string | undefined): string | undefined {
  return origin === undefined ? undefined : URL.parse(origin)?.host;
}
