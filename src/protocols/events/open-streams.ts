import type { Log } from '#platform/log/log.ts';
import type { Told } from '#platform/realtime/open-realtime.ts';
import { type EventStream, eventStream } from './event-stream.ts';

export type Owner = { profileId: string; sessionId: string; personaIds: readonly string[] };

export type OpenStreams = {
  /** A stream for this person, or why there is none. `cut` drops the connection of a reader who takes nothing any more. */
  open(owner: Owner, cut: () => void): EventStream | 'too-many' | 'closing';
  /** How many are open. */
  count(): number;
  /** Ends all of them, and opens no other: Pli stops. */
  close(): void;
};

type Settings = {
  listen: (listener: (told: Told) => void) => () => void;
  /** Of these sessions, those that still speak for somebody, with the personas of that person today. */
  liveSessions: (sessionIds: string[]) => Promise<Map<string, readonly string[]>>;
  log: Log;
};

/** One stream a browser: this many browsers a person. */
const mostPerProfile = 10;
const most = 2_000;
/** Proxies cut what is silent for 30 s or 60 s. */
const beatMs = 15_000;
/** A session that ended, or an account suspended, is out within twice this. */
const checkMs = 2_000;
/** Left to the reader to see the end, before the connection is dropped. */
const partingMs = 1_000;

type Open = Owner & { stream: EventStream; cut: () => void };

/** The screens open on this process: who is told, and until when. */
export function openStreams({ listen, liveSessions, log }: Settings): OpenStreams {
  const open = new Set<Open>();
  let closing = false;
  const stopListening = listen((told) => {
    if (told === 'everything') for (const { stream } of open) stream.tell('messages');
    else for (const one of open) if (told.personaIds.some((id) => one.personaIds.includes(id))) one.stream.tell(told.kind, told.subjectId);
  });

  function end(one: Open): void {
    if (!open.delete(one)) return;
    one.stream.end();
    setTimeout(one.cut, partingMs).unref();
  }
  async function check(): Promise<void> {
    // Those opened while the answer is on its way were not asked about: their turn is the next.
    const asked = [...open];
    const live = await liveSessions([...new Set(asked.map((one) => one.sessionId))]);
    for (const one of asked) {
      const personaIds = live.get(one.sessionId);
      if (personaIds) one.personaIds = personaIds;
      else end(one);
    }
  }
  const beats = setInterval(() => {
    for (const { stream } of open) stream.beat();
  }, beatMs).unref();
  let checking = false;
  const checks = setInterval(() => {
    if (checking || open.size === 0) return;
    checking = true;
    check()
      .catch((error: unknown) => log.warn({ error }, 'open screens could not be checked; they are at the next beat'))
      .finally(() => {
        checking = false;
      });
  }, checkMs).unref();

  return {
    open(owner, cut) {
      if (closing) return 'closing';
      const own = [...open].filter((one) => one.profileId === owner.profileId).length;
      if (own >= mostPerProfile || open.size >= most) return 'too-many';
      const stream = eventStream({ onGone: () => open.delete(one) });
      const one: Open = { ...owner, stream, cut };
      open.add(one);
      return stream;
    },
    count: () => open.size,
    close() {
      closing = true;
      stopListening();
      clearInterval(beats);
      clearInterval(checks);
      for (const one of open) end(one);
    },
  };
}
