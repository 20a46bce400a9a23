import { percentile } from './statistics.ts';

/** What one round came to. Milliseconds; `rps` counts acts, which for a sign-in are two requests. */
export type Round = { rps: number; p50: number; p95: number; p99: number; acts: number; seconds: number };

/** One act of the client `client`, the `n`th of all. Throws when it is answered otherwise than it should be. */
export type Act = (client: number, n: number) => Promise<void>;

/** Clients that act one time after another, each as soon as its last act is over: for some seconds, or until each has acted so many times. */
export async function playRound(
  act: Act,
  { clients, seconds, acts = Number.POSITIVE_INFINITY }: { clients: number; seconds?: number; acts?: number },
): Promise<Round> {
  const waits: number[] = [];
  let next = 0;
  const begun = performance.now();
  const until = seconds === undefined ? Number.POSITIVE_INFINITY : begun + seconds * 1000;
  async function play(client: number): Promise<void> {
    for (let done = 0; done < acts && performance.now() < until; done++) {
      const sent = performance.now();
      await act(client, next++);
      waits.push(performance.now() - sent);
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => play(client)));
  return roundOf(waits, (performance.now() - begun) / 1000);
}

export function roundOf(waits: number[], seconds: number): Round {
  const sorted = Float64Array.from(waits).sort();
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share));
  return { rps: waits.length / seconds, p50: p50 ?? 0, p95: p95 ?? 0, p99: p99 ?? 0, acts: waits.length, seconds };
}

/** Acts that begin so many times a second, whatever becomes of those before; answers once the last is over. */
export async function playAtRate(act: (n: number) => Promise<void>, { perSecond, seconds }: { perSecond: number; seconds: number }): Promise<void> {
  const begun = performance.now();
  const acts: Promise<void>[] = [];
  const total = Math.round(perSecond * seconds);
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.ceil(((performance.now() - begun) / 1000) * perSecond));
      while (acts.length < due) acts.push(act(acts.length));
      if (acts.length < total) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
  await Promise.all(acts);
}
