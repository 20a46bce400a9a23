import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { frontDoorRoutes } from '#web/front-door/routes.tsx';
import { helpRoutes } from '#web/help/routes.tsx';
import { appearanceRoutes } from '#web/layout/appearance.ts';
import { loadAssets } from '#web/layout/assets.ts';
import { staticFiles } from '#web/layout/static-files.ts';
import type { Web } from '#web/layout/web.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';
import { frameApp, jean } from '../../support/frame.ts';

/** Addresses of the frame as Jean sees it, and as somebody who has not signed in does. */
export type FrameSite = { signedIn: string; unknown: string; close(): void };

/** The frame around `routes`, with its scripts and styles built by the program that builds them for good, told to write elsewhere. */
export async function serveFrame(routes: Hono<Web>): Promise<FrameSite> {
  const folder = mkdtempSync(join(tmpdir(), 'pli-frame-'));
  execFileSync(process.execPath, [join(projectRoot(), 'bin', 'build-browser.mjs'), folder]);
  const assets = loadAssets(folder);
  const pages = new Hono<Web>();
  for (const part of [routes, appearanceRoutes(), helpRoutes(), frontDoorRoutes()]) pages.route('/', part);
  pages.route('/', staticFiles(assets));
  const listen = (actor: typeof jean | undefined) => listenTo(frameApp({ actor, routes: pages, installation: { assets: assets.page } }).fetch);
  const [signedIn, unknown] = [await listen(jean), await listen(undefined)];
  return {
    signedIn: signedIn.url,
    unknown: unknown.url,
    close() {
      signedIn.close();
      unknown.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function listenTo(fetch: Parameters<typeof serve>[0]['fetch']) {
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }; // it listens on TCP
}
