import { randomInt, randomUUIDv7 } from 'node:crypto';

/**
 * A source of UUIDv7 (RFC 9562 §5.7) whose ids always grow within this process, also inside one millisecond (§6.2): lines written in one
 * transaction at one instant keep their order. Independent of Pli's own clock.
 */
export function monotonicIds(generate: () => string = randomUUIDv7): () => string {
  let last = 0n;
  return () => {
    const drawn = BigInt(`0x${generate().replaceAll('-', '')}`);
    // The step is random, so that the next id cannot be guessed from this one.
    last = drawn > last ? drawn : last + 1n + BigInt(randomInt(2 ** 40));
    const digits = last.toString(16).padStart(32, '0');
    return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
  };
}
