import { fetchPage, titleOf } from './fetch-page.ts';
import type { LiveEvent } from './read-events.ts';
import { refreshPage } from './refresh-page.ts';
import { type Shared, shareStream } from './share-stream.ts';
import { showUnread, unreadIn } from './unread-title.ts';

/** Openings and downloads of the others may come in numbers; the list itself moves up to a second after them. Milliseconds. */
const unhurried = 1_000;

/** What happens elsewhere shows here by itself: counts, list, conversation. A tab that is not in sight says its number, and waits. */
export function keepPagesLive(): void {
  let shared: Shared | undefined;
  let owner: string | undefined;
  const refresher = refreshPage({ refreshed: (unread) => shared?.tellUnread(unread) });

  const event = async (heard: LiveEvent) => {
    if (!(await isConcerned(heard))) return;
    refresher.ask(heard.kind === 'messages' ? 0 : unhurried);
    if (document.visibilityState === 'hidden' && shared?.leads()) shared.tellUnread(await countQuietly());
  };
  document.addEventListener('turbo:load', () => {
    const present = document.querySelector<HTMLMetaElement>('meta[name=pli-live]')?.content;
    if (savesData() || (present === owner && !shared?.ended())) return;
    shared?.stop();
    owner = present;
    shared = undefined;
    if (present === undefined) return;
    shared = shareStream(present, { event: (heard) => void event(heard), unread: (unread) => document.hidden && showUnread(unread) });
  });
  // Without a stream, and in a page that the browser had put aside: what is shown again is looked at again.
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && savesData() && owned() && refresher.ask(0));
  addEventListener('pageshow', ({ persisted }) => persisted && owned() && refresher.ask(0));
}

/** A line in the activities concerns the list, and the pages of that conversation. */
async function isConcerned({ kind, topic }: LiveEvent): Promise<boolean> {
  if (kind === 'messages' || topic === '*' || location.pathname === '/connexion') return true;
  const conversation = /^\/connexion\/([0-9a-f-]{36})(?:\/|$)/.exec(location.pathname)?.[1];
  return conversation !== undefined && (await topicOf(conversation)) === topic;
}

async function topicOf(conversation: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(conversation));
  return Array.from(new Uint8Array(digest).slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** How many messages wait, asked for by one of the tabs that are not in sight. */
async function countQuietly(): Promise<number> {
  const fetched = await fetchPage(location.href);
  const unread = unreadIn(typeof fetched === 'object' ? titleOf(fetched.html) : document.title);
  showUnread(unread);
  return unread;
}

function owned(): boolean {
  return document.querySelector('meta[name=pli-live]') !== null;
}

function savesData(): boolean {
  return matchMedia('(prefers-reduced-data: reduce)').matches;
}
