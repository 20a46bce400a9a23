import { liveHeader, livePath } from '#shared/live.ts';
import { type LiveEvent, readEvents } from './read-events.ts';

type Following = {
  /** The stream is open; `again` when it was cut before, and something may have been missed. */
  opened: (again: boolean) => void;
  event: (event: LiveEvent) => void;
  signal: AbortSignal;
};

/** Milliseconds. The server gives a sign of life every 15 s. */
const silence = 40_000;
const wait = { first: 500, most: 30_000 } as const;

/**
 * Keeps a stream open until nobody is signed in any more. EventSource gives up for good on a 502, and says neither 401 nor silence;
 * this tries again later and later, each browser at its own moment so that a server that comes back is not rushed.
 */
export async function followStream({ opened, event, signal }: Following): Promise<void> {
  let again = false;
  let next: number = wait.first;
  while (!signal.aborted) {
    const outcome = await oneStream({ again, event, signal, opened: () => opened(again) });
    if (outcome === 'signed-out') return;
    if (outcome === 'lasted') next = wait.first;
    again = true;
    const longest = Math.max(next, typeof outcome === 'number' ? outcome : 0);
    await pause(longest * (0.5 + Math.random()), signal);
    next = Math.min(next * 2, wait.most);
  }
}

type One = { again: boolean; opened: () => void; event: (event: LiveEvent) => void; signal: AbortSignal };
/** A number is how long the server asks us to wait. */
type Outcome = 'signed-out' | 'lasted' | 'failed' | number;

async function oneStream({ again, opened, event, signal }: One): Promise<Outcome> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), silence);
  let lasted = false;
  try {
    // The age of the page lets the server tell what happened while it was loading.
    const address = again ? livePath : `${livePath}?age=${Math.round(performance.now())}`;
    const headers = { [liveHeader]: 'stream', Accept: 'text/event-stream' };
    const answer = await fetch(address, { headers, cache: 'no-store', redirect: 'error', signal: AbortSignal.any([signal, silent.signal]) });
    if (answer.status === 401 || answer.status === 204) return 'signed-out';
    if (!answer.ok || !answer.body) return Number(answer.headers.get('Retry-After') ?? 0) * 1000 || 'failed';
    lasted = true;
    opened();
    await readEvents(answer.body, {
      event,
      alive() {
        clearTimeout(timer);
        timer = setTimeout(() => silent.abort(), silence);
      },
    });
  } catch {
    // Cut, refused or silent: tried again.
  } finally {
    clearTimeout(timer);
  }
  return lasted ? 'lasted' : 'failed';
}

/** Ends early when the network is back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    addEventListener('online', end);
    signal.addEventListener('abort', end);
  });
}
