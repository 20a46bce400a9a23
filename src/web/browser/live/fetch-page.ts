import { liveHeader } from '#shared/live.ts';

/** The page at this address as it is now, or undefined: the server is down, the session over, the page gone. Shows nothing by itself. */
export async function fetchPage(url: string): Promise<string | undefined> {
  try {
    const headers = { [liveHeader]: 'refresh', Accept: 'text/html' };
    const answer = await fetch(url, { headers, cache: 'no-store', redirect: 'error' });
    return answer.ok && answer.headers.get('Content-Type')?.startsWith('text/html') ? await answer.text() : undefined;
  } catch {
    return undefined;
  }
}

/** The title written in a page. */
export function titleOf(html: string): string {
  return new DOMParser().parseFromString(html, 'text/html').title;
}
