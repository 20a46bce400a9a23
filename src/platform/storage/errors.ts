/** The source gave more plaintext than the limit; what had been written is gone. */
export class BlobTooLarge extends Error {
  override name = 'BlobTooLarge';
  readonly limit: number;
  constructor(limit: number) {
    super(`The blob is larger than ${limit} bytes.`);
    this.limit = limit;
  }
}

/** There is no such blob: it was never written, or it was removed. */
export class BlobMissing extends Error {
  override name = 'BlobMissing';
}

/** The blob was altered, cut, lengthened or reordered, or this is not its key. */
export class BlobDamaged extends Error {
  override name = 'BlobDamaged';
}

/** The disk is full (or the account's quota is): what had been written is gone. */
export class StorageFull extends Error {
  override name = 'StorageFull';
}
