import { connect } from 'node:net';
import { livePath } from '../../src/shared/live.ts';
import { openConnection, requestHead, type Target } from '../load/connection.ts';
import { playAtRate, roundOf } from '../load/round.ts';
import { signIn } from '../load/sign-in.ts';
import { median, rounded } from '../load/statistics.ts';
import type { Result } from '../report.ts';
import { type Bench, turn } from './bench.ts';
import { type Pair, postMessage } from './posting.ts';

const postsPerSecond = 50;
/** Past this a screen that was not told is counted as such: long before its pair is written to again. */
const toldWithinMs = 8_000;

/**
 * `live`: open screens, and 50 posts a second that each concern two of them, the poster's own and the other's of their pair. `p50`, `p95` and `p99`
 * are from the sending of the post until each of the two is told. A screen that is told fetches nothing: what its page costs is `open`.
 */
export async function measureLive(bench: Bench): Promise<Result> {
  const { target, cast, options, watch } = bench;
  const pairs = cast.pairs.slice(0, Math.ceil(options.screens / 2));
  const cookies = await signInAll(bench, pairs);
  const screens = await Promise.all(
    pairs.map(({ one, other }) => Promise.all([one, other].map(({ address }) => openScreen(target, cookies.get(address) ?? '')))),
  );
  const waits: number[] = [];
  const idle: ReturnType<typeof openConnection>[] = [];
  /** When the posts were sent of which a screen heard nothing. */
  const untold: number[] = [];
  const begun = performance.now();
  const post = async (n: number) => {
    const pair = turn(pairs, n);
    const sent = performance.now();
    const told = Promise.all(turn(screens, n).map((screen) => screen.next(toldWithinMs)));
    const connection = idle.pop() ?? openConnection(target);
    await postMessage(connection, target, { pair, cookie: cookies.get(pair.one.address) ?? '' });
    idle.push(connection);
    for (const at of await told) {
      if (at === undefined) untold.push(sent - begun);
      else waits.push(at - sent);
    }
  };
  const seconds = options.liveSeconds;
  // A pair is not written to again before it was told, or given up.
  const perSecond = Math.min(postsPerSecond, pairs.length / 10);
  const { value, samples } = await watch.rssDuring(() => watch.during(() => playAtRate(post, { perSecond, seconds })));
  if (untold.length > 0) console.error(`Not told: posts sent after ${untold.map(Math.round).join(', ')} ms`);
  const cut = screens.flat().filter((screen) => !screen.isOpen()).length;
  for (const screen of screens.flat()) screen.close();
  for (const connection of idle) connection.close();
  const round = roundOf(waits, seconds);
  const { pli, postgres } = value.cost.cpuMs;
  const posts = Math.round(perSecond * seconds);
  return {
    ...{ name: 'live', connections: screens.flat().length, rps: rounded(perSecond) },
    ...{ p50: rounded(round.p50), p95: rounded(round.p95), p99: rounded(round.p99), untold: untold.length, cut },
    ...(value.cost.lagMs === undefined ? {} : { lagMs: rounded(value.cost.lagMs) }),
    cpuMs: { pli: rounded(pli / posts), postgres: rounded(postgres / posts) },
    peakRssMb: rounded(value.cost.peakRssMb),
    rssGrowthMb: rssGrowth(samples),
    seconds,
  };
}

/** What the second half of the time added: the median of its last tenth less that of its first. */
export function rssGrowth(samples: readonly number[]): number {
  const half = samples.slice(Math.floor(samples.length / 2));
  const tenth = Math.max(1, Math.floor(half.length / 10));
  return Number((median(half.slice(-tenth)) - median(half.slice(0, tenth))).toFixed(1));
}

/** Everybody who is not signed in yet, four at a time. */
async function signInAll({ target, sessions }: Bench, pairs: readonly Pair[]): Promise<Map<string, string>> {
  const addresses = pairs.flatMap(({ one, other }) => [one.address, other.address]);
  const cookies = new Map<string, string>();
  const known = new Set(sessions.known());
  let next = 0;
  const work = async () => {
    const connection = openConnection(target);
    for (let n = next++; n < addresses.length; n = next++) {
      const address = turn(addresses, n);
      if (!known.has(address)) sessions.keep(address, await signIn(connection, target, address));
      cookies.set(address, await sessions.of(address));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: 4 }, work));
  return cookies;
}

type Screen = { next(withinMs: number): Promise<number | undefined>; isOpen(): boolean; close(): void };

const lastChunk = Buffer.from('0\r\n\r\n');

/** A stream; `next` answers when something was told, or nothing when it was not in time. */
async function openScreen(target: Target, cookie: string): Promise<Screen> {
  const socket = connect({ ...target, noDelay: true });
  let heard: ((at: number) => void) | undefined;
  let ended = false;
  const head = new Promise<void>((resolve, reject) => {
    socket.once('error', reject).once('data', (first: Buffer) => {
      const status = first.toString('latin1', 9, 12);
      if (status === '200') resolve();
      else reject(new Error(`The stream was answered ${status}`));
    });
  });
  socket.write(requestHead({ path: livePath, target, cookie }));
  await head;
  socket
    .on('error', () => undefined)
    .on('data', (chunk: Buffer) => {
      if (heard && chunk.includes('event:')) heard(performance.now());
      // The last chunk (RFC 9112 §7.1): the stream is over, though its connection may stay.
      ended ||= chunk.subarray(-5).equals(lastChunk);
    });
  return {
    next: (withinMs) =>
      new Promise((resolve) => {
        const late = setTimeout(() => resolve(undefined), withinMs);
        heard = (at) => {
          clearTimeout(late);
          heard = undefined;
          resolve(at);
        };
      }),
    isOpen: () => !ended && !socket.destroyed,
    close: () => socket.destroy(),
  };
}
