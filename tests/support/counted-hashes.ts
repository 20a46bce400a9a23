import type { Ctx } from '#context';

/** A context whose hasher counts what it is asked: each is one Argon2id. */
export function countingHashes(ctx: Ctx): { ctx: Ctx; hashes: () => number } {
  let hashes = 0;
  const { hasher } = ctx;
  const counted: Ctx['hasher'] = {
    checkRoom: () => hasher.checkRoom(),
    hash: (password) => {
      hashes += 1;
      return hasher.hash(password);
    },
    verify: (password, record) => {
      hashes += 1;
      return hasher.verify(password, record);
    },
  };
  return { ctx: { ...ctx, hasher: counted }, hashes: () => hashes };
}
