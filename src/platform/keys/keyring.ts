/** A UTC day, `YYYY-MM-DD`. */
export type Day = string;

/** The keys kept outside the database: one a UTC day, plus the pepper. Destroying a day's key makes all it wrapped unreadable. */
export type Keyring = {
  /** 32 bytes mixed into password hashes and stored fingerprints. */
  readonly pepper: Buffer;
  /** By which this keyring is recognised among others; no secret. */
  readonly fingerprint: string;
  /** Wraps a data key with the key of `day`, making that key first (durably) if there is none. Throws `DayDestroyed` for a destroyed day. */
  wrap(day: Day, dataKey: Buffer, context: string): Promise<Buffer>;
  /** The data key, or undefined when the day's key is destroyed. Throws when the bytes or the context do not match. */
  unwrap(day: Day, wrapped: Buffer, context: string): Promise<Buffer | undefined>;
  /** The days that have a key, oldest first. */
  listDays(): Promise<Day[]>;
  /** Destroys the keys of `day` for ever: neither this process nor a clock set back makes it again. Harmless twice. */
  destroyDay(day: Day): Promise<void>;
};
