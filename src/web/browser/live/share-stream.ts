import { followStream } from './follow-stream.ts';
import type { LiveEvent } from './read-events.ts';

export type Shared = {
  /** Whether it is this tab that holds the stream. */
  leads: () => boolean;
  /** Says to the other tabs how many messages wait. */
  tellUnread: (unread: number) => void;
  ended: () => boolean;
  stop: () => void;
};

type Hearing = { event: (event: LiveEvent) => void; unread: (unread: number) => void };
/** `loadedAt` asks whoever holds the stream whether it has heard something since: instants by this machine's clock. */
type Said = LiveEvent | { unread: number } | { loadedAt: number };

const everything: LiveEvent = { kind: 'messages', topic: '*' };
/** What the page itself loads goes first; what happens meanwhile is told when the stream opens. Milliseconds. */
const patience = 600;

/**
 * One stream a browser: the tab that holds the lock has it and repeats what it hears to the others of the same person; when it closes, the
 * next one takes the lock. HTTP/1.1 gives a browser six connections to a site: nine tabs with a stream each would load nothing any more.
 */
export function shareStream(owner: string, hear: Hearing): Shared {
  const name = `pli-live-${owner}`;
  const stopped = new AbortController();
  const channel = new BroadcastChannel(name);
  let leads = false;
  let ended = false;
  let heardAt = 0;

  const tell = (event: LiveEvent) => {
    if (stopped.signal.aborted) return;
    heardAt = performance.timeOrigin + performance.now();
    hear.event(event);
    channel.postMessage(event);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if ('unread' in data) hear.unread(data.unread);
    else if ('kind' in data) hear.event(data);
    else if (leads && heardAt > data.loadedAt) channel.postMessage(everything);
  });
  // What happened while this page was on its way is known to the tab that was listening then.
  channel.postMessage({ loadedAt: performance.timeOrigin } satisfies Said);

  const take = async () => {
    const asked = performance.now();
    await withLock(name, stopped.signal, async () => {
      leads = true;
      // Whoever held the lock before us may have missed something on the way out.
      const inherited = performance.now() - asked > 1_000;
      await followStream({ event: tell, opened: (again) => (again || inherited) && tell(everything), signal: stopped.signal });
    });
    leads = false;
    ended = true;
  };
  const starting = setTimeout(() => void take(), patience);
  return {
    leads: () => leads,
    tellUnread: (unread) => !stopped.signal.aborted && channel.postMessage({ unread } satisfies Said),
    ended: () => ended,
    stop() {
      clearTimeout(starting);
      stopped.abort();
      channel.close();
    },
  };
}

/** Browsers keep locks for https and for this very machine; elsewhere each tab has its own stream. */
async function withLock(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return work();
  // Refused when the wait is called off.
  await navigator.locks.request(name, { signal }, work).catch(() => undefined);
}
