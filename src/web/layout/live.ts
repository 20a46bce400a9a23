import { createHash } from 'node:crypto';
import { liveHeader, livePath } from '#shared/live.ts';
import type { WebContext } from './web.ts';

/** Asked for by the script and not by the person: it shows nothing for the first time, takes no notification, keeps no session awake. */
export function isLiveRequest(c: WebContext): boolean {
  return c.req.header(liveHeader) !== undefined || c.req.path === livePath;
}

/** Whose page this is, without saying who: the tabs of one person share one stream. */
export function liveTag(profileId: string): string {
  return createHash('sha256').update(`live:${profileId}`).digest('hex').slice(0, 16);
}
