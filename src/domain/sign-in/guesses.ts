import { atomically, type Ctx } from '#context';
import { recordLocked } from '#domain/audit/api.ts';
import { type BoundedQueue, openQueue } from '#platform/hashing/bounded-queue.ts';
import { type Budget, giveBackToBudget, takeFromBudget } from '#platform/throttle/budgets.ts';
import { ok, type Result, refuse } from '#result';
import { type Account, strangersLane } from './account-queries.ts';
import { fingerprint } from './secrets.ts';
import { clearTries, clearTriesInAll, reserveTry, undoTry } from './try-queries.ts';
import { refuseUntil } from './waits.ts';

/** Wrong passwords from one source in an hour, whatever the identifiers; a school stands behind one address. */
const perSourceHour = 200;
const perIdentifierHour = 10;

export type Guess = { addressKey: string; account: Pick<Account, 'lane'>; source: string };

/**
 * Evaluates one password under the rules of guessing: a growing delay from 30 s to 1 h after three wrong in a row, ten an hour, a hundred in all
 * without an act of the owner, and a budget per source. Counted before it is evaluated and given back when right, so that tries made at the same
 * moment count too. Identifiers are counted, not accounts: an unknown one behaves alike.
 */
export async function evaluateGuess(ctx: Ctx, guess: Guess, evaluate: () => Promise<boolean>): Promise<Result<boolean>> {
  const key = fingerprint(ctx, `password:${guess.addressKey}:${guess.account.lane}`);
  return inTurn(key, async () => {
    // Under a flood most are sent away: nothing is written for those.
    ctx.hasher.checkRoom();
    const reserved = await reserve(ctx, key, guess);
    if (!reserved.ok) return reserved;
    let right: boolean | undefined;
    try {
      right = await evaluate();
    } finally {
      // Never evaluated (the hasher was too busy): it does not count.
      if (right === undefined) await giveBack(ctx, key, guess);
    }
    if (right) await acknowledge(ctx, key, guess);
    return ok(right);
  });
}

/** An act of the owner: their lane starts afresh, and strangers' hundred as well, but neither their delay nor their ten an hour. */
export async function forgetWrongTries(ctx: Ctx, of: Pick<Guess, 'addressKey' | 'account'>): Promise<void> {
  const { lane } = of.account;
  await clearTries(ctx, fingerprint(ctx, `password:${of.addressKey}:${lane}`));
  if (lane !== strangersLane) await clearTriesInAll(ctx, fingerprint(ctx, `password:${of.addressKey}:${strangersLane}`));
}

/** All or nothing: a refusal undoes what was taken before it. The source's budget, which many share, is locked last. */
function reserve(ctx: Ctx, key: string, guess: Guess): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const { hourly, ofSource } = budgetsOf(inside, key, guess);
    const taken = await takeFromBudget(inside.db, hourly);
    if (!taken.allowed) return refuseUntil(inside, 'sign-in.wait', taken.retryAt);
    const reserved = await reserveTry(inside, key);
    if (!reserved.granted) return reserved.nextAt ? refuseUntil(inside, 'sign-in.wait', reserved.nextAt) : refuse('sign-in.locked');
    if (reserved.last) await recordLocked(inside, { addressKey: guess.addressKey, means: 'password' });
    const ofAll = ofSource && (await takeFromBudget(inside.db, ofSource));
    return ofAll?.allowed === false ? refuseUntil(inside, 'sign-in.wait', ofAll.retryAt) : ok();
  });
}

async function acknowledge(ctx: Ctx, key: string, guess: Guess): Promise<void> {
  await atomically(ctx, async (inside) => {
    await giveBackBudgets(inside, key, guess);
    await forgetWrongTries(inside, guess);
  });
}

async function giveBack(ctx: Ctx, key: string, guess: Guess): Promise<void> {
  await atomically(ctx, async (inside) => {
    await giveBackBudgets(inside, key, guess);
    await undoTry(inside, key);
  });
}

async function giveBackBudgets(ctx: Ctx, key: string, guess: Guess): Promise<void> {
  const { hourly, ofSource } = budgetsOf(ctx, key, guess);
  await giveBackToBudget(ctx.db, hourly.key);
  if (ofSource) await giveBackToBudget(ctx.db, ofSource.key);
}

function budgetsOf(ctx: Ctx, key: string, { account, source }: Guess): { hourly: Budget; ofSource: Budget | undefined } {
  const hour = { windowSeconds: 3600, now: ctx.now() };
  const hourly = { ...hour, key: `${key}:hour`, limit: perIdentifierHour };
  if (account.lane !== strangersLane) return { hourly, ofSource: undefined };
  return { hourly, ofSource: { ...hour, key: fingerprint(ctx, `password-source:${source}`), limit: perSourceHour } };
}

/**
 * At most two evaluations of one lane at a time in this process: less than the three that pass without delay, so that the right password sent
 * several times at once is never taken for guessing. The counts themselves are in the database.
 */
const turns = new Map<string, { queue: BoundedQueue; users: number }>();

async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const turn = turns.get(key) ?? { queue: openQueue({ atOnce: 2, waitingAtMost: 64 }), users: 0 };
  turns.set(key, turn);
  turn.users += 1;
  try {
    return await turn.queue.run(work);
  } finally {
    turn.users -= 1;
    if (turn.users === 0) turns.delete(key);
  }
}
