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
type Said = LiveEvent | { unread: number };

const everything: LiveEvent = { kind: 'messages', topic: '*' };

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

  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => ('unread' in data ? hear.unread(data.unread) : hear.event(data)));
  const tell = (event: LiveEvent) => {
    hear.event(event);
    channel.postMessage(event);
  };
  const asked = performance.now();
  const lead = async () => {
    leads = true;
    // Whoever held the lock before us may have missed something on the way out.
    const inherited = performance.now() - asked > 1_000;
    await followStream({ event: tell, opened: (again) => (again || inherited) && tell(everything), signal: stopped.signal });
    leads = false;
    ended = true;
  };
  // Not everywhere: browsers keep locks for https and for this very machine.
  const leading = navigator.locks ? navigator.locks.request(name, { signal: stopped.signal }, lead) : lead();
  leading.catch(() => {
    ended = true;
  });
  return {
    leads: () => leads,
    tellUnread: (unread) => channel.postMessage({ unread } satisfies Said),
    ended: () => ended,
    stop() {
      stopped.abort();
      channel.close();
    },
  };
}
