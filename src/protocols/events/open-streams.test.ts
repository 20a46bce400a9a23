import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { directLive } from '../../../tests/support/direct-live.ts';
import { quietLog } from '../../../tests/support/quiet-log.ts';
import { type OpenStreams, openStreams } from './open-streams.ts';

const jean = { profileId: 'profile-jean', sessionId: 'session-jean', personaIds: ['persona-courriel'] };
let live: ReturnType<typeof directLive>;
let sessions: Map<string, readonly string[]>;
let streams: OpenStreams;

beforeEach(() => {
  vi.useFakeTimers();
  live = directLive();
  sessions = new Map([[jean.sessionId, jean.personaIds]]);
  streams = openStreams({ listen: live.listen, liveSessions: async () => sessions, log: quietLog });
});
afterEach(() => {
  streams.close();
  vi.useRealTimers();
});

test('a reader who takes nothing any more is cut once the session is over', async () => {
  let cuts = 0;
  streams.open(jean, () => cuts++);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([cuts, streams.count()]).toEqual([0, 1]);
  sessions = new Map();
  await vi.advanceTimersByTimeAsync(5_000);
  expect([cuts, streams.count()]).toEqual([1, 0]);
});

test('a screen that opens while the others are being checked stays open', async () => {
  const answers: (() => void)[] = [];
  streams.close();
  streams = openStreams({
    listen: live.listen,
    liveSessions: (ids) => new Promise((resolve) => answers.push(() => resolve(new Map(ids.map((id) => [id, jean.personaIds]))))),
    log: quietLog,
  });
  streams.open(jean, () => undefined);
  await vi.advanceTimersByTimeAsync(2_000);
  streams.open({ ...jean, sessionId: 'session-later' }, () => undefined);
  for (const answer of answers.splice(0)) answer();
  await vi.advanceTimersByTimeAsync(0);
  expect(streams.count()).toBe(2);
});

test('an address added while the screen is open is heard of too', async () => {
  const stream = streams.open(jean, () => undefined);
  if (typeof stream === 'string') throw new Error(stream);
  const reader = stream.body.getReader();
  await reader.read();
  sessions = new Map([[jean.sessionId, ['persona-courriel', 'persona-atelier']]]);
  await vi.advanceTimersByTimeAsync(2_000);
  live.tell({ personaIds: ['persona-atelier'], kind: 'messages', subjectId: 'x' });
  expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: messages');
});
