import { Hono } from 'hono';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { isNear } from '#web/layout/source.ts';
import type { Web } from '#web/layout/web.ts';

export type MetricsSource = { text: () => Promise<string>; contentType: string; trustedProxy: readonly string[] };

/** `/metrics` for whoever is on this machine or on a trusted network; for all others there is no such page. */
export function metricsRoutes({ text, contentType, trustedProxy }: MetricsSource): Hono<Web> {
  return new Hono<Web>().get('/metrics', async (c) => {
    if (!isNear(c, trustedProxy)) return notFoundPage(c);
    return c.body(await text(), 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  });
}
