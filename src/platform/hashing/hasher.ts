/** Argon2id behind a bounded queue: two at a time, past the queue's length `HasherBusy` is thrown (503 + Retry-After at sign-in only). */
export type Hasher = {
  /** A PHC-like record of the hash with its parameters and salt. `password` must be NFKC already. */
  hash(password: string): Promise<string>;
  /** Constant-time check; `needsRehash` when the parameters have changed since. Against `undefined` the same work is done and the answer is false. */
  verify(password: string, record: string | undefined): Promise<{ matches: boolean; needsRehash: boolean }>;
  /** Throws `HasherBusy` when `hash` and `verify` would: asked before anything is written for a password that will not be weighed. */
  checkRoom(): void;
};
