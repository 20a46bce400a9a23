import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { type BoundedQueue, openQueue } from './bounded-queue.ts';
import type { Hasher } from './hasher.ts';
import { type Cost, decodeRecord, encodeRecord, type HashRecord } from './phc.ts';

/** Argon2id (RFC 9106): 19 MiB, 2 passes, 1 lane, the OWASP minimum; about 45 ms of processor. */
export const standardCost: Cost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 };
/** For tests only: the same path in well under a millisecond. */
export const cheapCost: Cost = { memoryKiB: 8, passes: 1, lanes: 1 };

const saltBytes = 16;
const digestBytes = 32;
/** Two at a time leave the other threads of Node's pool (four by default) to files and sockets. */
const usuallyAtOnce = 2;
/** A second of waiting or two. */
const waitingAtMost = 32;

const derive = promisify(argon2);

/**
 * Opens the hasher. The pepper of the keyring goes in as Argon2's secret (RFC 9106 §3.1): a stolen database alone cannot be guessed at.
 * Past the length of the queue `hash` and `verify` throw `HasherBusy`. `atOnce`: fewer where other processes hash as well, so that pages keep
 * their share of the processor.
 */
export function openHasher(options: { pepper: Buffer; cost?: Cost; atOnce?: number }): Hasher {
  const { pepper, cost = standardCost, atOnce = usuallyAtOnce } = options;
  const queue = openQueue({ atOnce, waitingAtMost });
  const absent: HashRecord = { cost, salt: randomBytes(saltBytes), digest: randomBytes(digestBytes) };
  return {
    checkRoom: queue.checkRoom,
    hash: async (password) => {
      const salt = randomBytes(saltBytes);
      const digest = await digestOf(queue, { password, pepper, cost, salt, digestBytes });
      return encodeRecord({ cost, salt, digest });
    },
    verify: async (password, record) => {
      const expected = record === undefined ? absent : decodeRecord(record);
      const { cost: asked, salt } = expected;
      const digest = await digestOf(queue, { password, pepper, cost: asked, salt, digestBytes: expected.digest.length });
      // The digest of nothing is random: it matches no password, after the same work.
      const matches = timingSafeEqual(digest, expected.digest) && record !== undefined;
      return { matches, needsRehash: !sameCost(asked, cost) };
    },
  };
}

type Derivation = { password: string; pepper: Buffer; cost: Cost; salt: Buffer; digestBytes: number };

function digestOf(queue: BoundedQueue, derivation: Derivation): Promise<Buffer> {
  const { cost } = derivation;
  return queue.run(() =>
    derive('argon2id', {
      message: Buffer.from(derivation.password, 'utf8'),
      nonce: derivation.salt,
      secret: derivation.pepper,
      memory: cost.memoryKiB,
      passes: cost.passes,
      parallelism: cost.lanes,
      tagLength: derivation.digestBytes,
    }),
  );
}

function sameCost(one: Cost, other: Cost): boolean {
  return one.memoryKiB === other.memoryKiB && one.passes === other.passes && one.lanes === other.lanes;
}
