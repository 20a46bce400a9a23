import { randomBytes } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { HasherBusy, openQueue } from './bounded-queue.ts';
import { cheapCost, openHasher, standardCost } from './open-hasher.ts';

const pepper = randomBytes(32);
const password = 'une tasse de café sur le pont';

describe('hashing', () => {
  test('a password matches its own record and no other; the same one is never recorded twice alike', async () => {
    const hasher = openHasher({ pepper, cost: cheapCost });
    const record = await hasher.hash(password);
    expect(await hasher.verify(password, record)).toEqual({ matches: true, needsRehash: false });
    expect(await hasher.verify(`${password} `, record)).toEqual({ matches: false, needsRehash: false });
    expect(await hasher.hash(password)).not.toBe(record);
  });

  test('the record is a PHC string with the parameters of the rules: Argon2id, 19 MiB, 2 passes, 1 lane, salt of 16 bytes', async () => {
    const record = await openHasher({ pepper }).hash(password);
    expect(record).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await openHasher({ pepper, cost: cheapCost }).verify(password, record)).toEqual({ matches: true, needsRehash: true });
  });

  test('without the pepper a record matches nothing', async () => {
    const record = await openHasher({ pepper, cost: cheapCost }).hash(password);
    expect((await openHasher({ pepper: randomBytes(32), cost: cheapCost }).verify(password, record)).matches).toBe(false);
  });

  test('against no record the answer is no, after the same work', async () => {
    const hasher = openHasher({ pepper, cost: standardCost });
    expect(await hasher.verify(password, undefined)).toEqual({ matches: false, needsRehash: false });
    const record = await hasher.hash(password);
    const work = async (against: string | undefined) => {
      const before = process.cpuUsage();
      for (let turn = 0; turn < 4; turn += 1) await hasher.verify('faux', against);
      return process.cpuUsage(before).user;
    };
    const [known, unknown] = [await work(record), await work(undefined)];
    expect(Math.max(known, unknown) / Math.min(known, unknown)).toBeLessThan(2.5);
  });

  test('a record that is none of ours is a breakdown', async () => {
    const hasher = openHasher({ pepper, cost: cheapCost });
    await expect(hasher.verify(password, '$2b$10$abcdefghijklmnopqrstuv')).rejects.toThrow('PHC format');
  });

  test('past 2 at work and 32 waiting the hasher is busy and says for how long; those it took are all served', async () => {
    const hasher = openHasher({ pepper, cost: cheapCost });
    const outcomes = await Promise.allSettled(Array.from({ length: 40 }, () => hasher.hash(password)));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome) => outcome.reason);
    expect(refused).toHaveLength(6);
    for (const error of refused) {
      expect(error).toBeInstanceOf(HasherBusy);
      expect(error.retryAfterSeconds).toBeGreaterThanOrEqual(1);
    }
    await hasher.hash(password);
  });

  test('where others hash as well it takes one at a time, and says so before it is given anything', async () => {
    const hasher = openHasher({ pepper, cost: cheapCost, atOnce: 1 });
    const taken = Array.from({ length: 33 }, () => hasher.hash(password));
    expect(() => hasher.checkRoom()).toThrow(HasherBusy);
    await Promise.all(taken);
    hasher.checkRoom();
  });
});

describe('the queue', () => {
  test('no more than two at once, in order of arrival, and a failure frees its place', async () => {
    const queue = openQueue({ atOnce: 2, waitingAtMost: 32 });
    const started: number[] = [];
    let running = 0;
    let most = 0;
    const work = async (turn: number) => {
      started.push(turn);
      running += 1;
      most = Math.max(most, running);
      await vi.waitUntil(() => true);
      running -= 1;
      if (turn % 3 === 0) throw new Error('out of memory');
    };
    await Promise.allSettled(Array.from({ length: 20 }, (_, turn) => queue.run(() => work(turn))));
    expect(started).toEqual(Array.from({ length: 20 }, (_, turn) => turn));
    expect(most).toBe(2);
    expect(await queue.run(async () => 'free again')).toBe('free again');
  });
});
