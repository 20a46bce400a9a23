import { visit } from '@hotwired/turbo';
import { isBeingWritten, mergeQuietly } from '../morphing.ts';
import { prepareNews, sayNews } from './announce.ts';
import { fetchPage } from './fetch-page.ts';
import { unreadIn } from './unread-title.ts';

export type Refresher = {
  /** The page is to be fetched again: within so many milliseconds, or when it is shown again. */
  ask: (withinMs: number) => void;
};

/** Between two refreshes; after one that failed. Milliseconds. */
const gap = 400;
const retry = 5_000;
/** The page that answers a form may still be on its way when the form has ended. Milliseconds. */
const answerTakes = 10_000;

/**
 * Fetches the page in sight again and merges it into itself. Never while it is hidden, so that nothing is said to have been seen; never
 * while a form is on its way, which a visit would cancel. We fetch, and hand the answer to Turbo: alone, it reloads the whole page when the
 * network fails, and what was typed is lost.
 */
export function refreshPage({ refreshed }: { refreshed: (unread: number) => void }): Refresher {
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let visiting = false;
  let fetching = false;
  /** What is on the screen answers a form: the same address asked again would not say what was wrong. */
  let refused = false;
  /** A form has been accepted, and the page that answers it is being received: a merge would throw that page away. */
  let answering: ReturnType<typeof setTimeout> | undefined;

  function plan(withinMs: number): void {
    const at = Math.max(performance.now() + withinMs, last + gap);
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void run(), at - performance.now());
  }
  const mayMerge = () =>
    document.visibilityState === 'visible' && !visiting && !answering && !refused && !document.querySelector('form[aria-busy=true], main [data-error-summary]');

  /** A form on its way, or refused: nobody says when it is over. Out of sight, being shown again does. */
  function waitForIt(): void {
    if (document.visibilityState === 'visible') plan(retry);
  }
  async function run(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    if (!stale || fetching) return;
    if (!mayMerge()) return waitForIt();
    stale = false;
    fetching = true;
    const outcome = await fetchAndMerge(location.href, mayMerge);
    fetching = false;
    last = performance.now();
    if (typeof outcome === 'number') refreshed(outcome);
    if (outcome === 'later') stale = true;
    if (stale) plan(outcome === 'later' ? retry * (1 + Math.random()) : 0);
  }
  const resume = () => stale && plan(0);
  function awaitAnswer(awaited: boolean): void {
    clearTimeout(answering);
    answering = undefined;
    if (awaited) answering = setTimeout(() => awaitAnswer(false), answerTakes);
    else resume();
  }
  document.addEventListener('turbo:visit', () => {
    visiting = true;
  });
  document.addEventListener('turbo:load', () => {
    visiting = false;
    refused = false;
    awaitAnswer(false);
  });
  document.addEventListener('turbo:submit-end', ({ detail }) => {
    if (!detail.success && detail.fetchResponse) refused = true;
    awaitAnswer(detail.success === true);
  });
  document.addEventListener('visibilitychange', resume);
  return {
    ask(withinMs) {
      stale = true;
      plan(withinMs);
    },
  };
}

/** How many messages wait on the page once merged; `dropped` when another page has come meanwhile, or this one is no more. */
async function fetchAndMerge(url: string, mayMerge: () => boolean): Promise<number | 'later' | 'dropped'> {
  const place = prepareNews();
  const fetched = await fetchPage(url);
  if (fetched === 'gone' && location.href === url && mayMerge() && !isBeingWritten(document.body, { focus: false })) leave();
  const dropped = location.href !== url || fetched === 'never' || fetched === 'gone';
  if (dropped || fetched === 'later' || !mayMerge() || !sameProgram(fetched.html)) {
    place.remove();
    return dropped ? 'dropped' : 'later';
  }
  const before = unreadIn(document.title);
  await merged(url, fetched.html);
  const unread = unreadIn(document.title);
  sayNews(place, unread > before);
  return unread;
}

/** Somebody taken out of a conversation does not keep it before them: the page is loaded anew, and with it goes what Turbo remembers of others. */
function leave(): void {
  location.reload();
}

/** Turbo loads a page anew when the script or the sheet is another one: with something written on it, that waits. */
function sameProgram(html: string): boolean {
  const own = Array.from(document.querySelectorAll('head [data-turbo-track=reload]'), (part) => part.getAttribute('src') ?? part.getAttribute('href') ?? '');
  return own.every((address) => html.includes(`"${address}"`)) || !isBeingWritten(document.body);
}

function merged(url: string, html: string): Promise<void> {
  // A form sent meanwhile takes its place; refused, it brings no other page.
  const done = new Promise<void>((resolve) => {
    for (const event of ['turbo:load', 'turbo:submit-end']) document.addEventListener(event, () => resolve(), { once: true });
  });
  const response = { statusCode: 200, responseHTML: html, redirected: false };
  // Turbo takes an answer already fetched (its own redirections do so); its types do not say it.
  const options = { action: 'replace', shouldCacheSnapshot: false, response } as Parameters<typeof visit>[1];
  return mergeQuietly(async () => {
    visit(url, options);
    await done;
  });
}
