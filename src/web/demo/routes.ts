import { Hono } from 'hono';
import type { Web } from '#web/layout/web.ts';
import { clockRoutes } from './clock-routes.ts';
import { componentRoutes } from './components-routes.tsx';
import { mailRoutes } from './mail-routes.tsx';
import { type DemoSettings, ownHostOnly } from './own-host-only.ts';

export type { DemoSettings } from './own-host-only.ts';

/**
 * `/demo/*`, with its own checks of Host and Origin (exempt it from the general one: programs call it). Without `settings` the
 * demonstration is off and nothing is here: every address is the ordinary 404.
 */
export function demoRoutes(settings: DemoSettings | undefined): Hono<Web> {
  const routes = new Hono<Web>();
  if (!settings) return routes;
  routes.use('/demo/*', ownHostOnly(settings));
  routes.route('/', mailRoutes());
  routes.route('/', clockRoutes(settings));
  routes.route('/', componentRoutes());
  return routes;
}
