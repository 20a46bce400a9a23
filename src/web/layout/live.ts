import { hash } from 'node:crypto';
import { liveHeader, livePath } from '#shared/live.ts';
import type { WebContext } from './web.ts';

/** Asked for by the script and not by the person: it shows nothing for the first time, takes no notification, keeps no session awake. */
export function isLiveRequest(c: WebContext): boolean {
  return c.req.header(liveHeader) !== undefined || c.req.path === livePath;
}

/** Whose page this is, without saying who: the tabs of one person share one stream. */
export function liveTag(profileId: string): string {
  const known = tags.get(profileId) ?? hash('sha256', `live:${profileId}`).slice(0, 16);
  if (tags.size >= mostTags) tags.clear();
  tags.set(profileId, known);
  return known;
}

/** Of those who were here lately: the same people ask for page after page. */
const tags = new Map<string, string>();
const mostTags = 1000;
