import { liveHeader } from '#shared/live.ts';

/** `later`: the network or the server fails. `never`: the session is over. `gone`: this person has no such page any more. */
type Fetched = { html: string } | 'later' | 'never' | 'gone';

/** The page at this address as it is now. Shows nothing by itself. */
export async function fetchPage(url: string): Promise<Fetched> {
  try {
    const headers = { [liveHeader]: 'refresh', Accept: 'text/html' };
    const answer = await fetch(url, { headers, cache: 'no-store', redirect: 'manual' });
    if (answer.status === 404) return 'gone';
    if (answer.status >= 500 || answer.status === 429) return 'later';
    return answer.ok && answer.headers.get('Content-Type')?.startsWith('text/html') ? { html: await answer.text() } : 'never';
  } catch {
    return 'later';
  }
}

/** The title written in a page. */
export function titleOf(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').title;
}
