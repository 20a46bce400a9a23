/** What a hash costs: memory in KiB, passes, lanes. */
export type Cost = { memoryKiB: number; passes: number; lanes: number };
export type HashRecord = { cost: Cost; salt: Buffer; digest: Buffer };

const shape = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,3})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{22,86})$/;

/** `$argon2id$v=19$m=…,t=…,p=…$salt$digest` (PHC string format), base64 without padding. The pepper is not named in it. */
export function encodeRecord({ cost, salt, digest }: HashRecord): string {
  return `$argon2id$v=19$m=${cost.memoryKiB},t=${cost.passes},p=${cost.lanes}$${unpadded(salt)}$${unpadded(digest)}`;
}

/** Throws when the record is not one of `encodeRecord`: the database then holds something that no password can match. */
export function decodeRecord(record: string): HashRecord {
  const [, memoryKiB, passes, lanes, salt, digest] = shape.exec(record) ?? [];
  if (!memoryKiB || !passes || !lanes || !salt || !digest) throw new Error('A stored password hash is not in the PHC format of Argon2id.');
  return {
    cost: { memoryKiB: Number(memoryKiB), passes: Number(passes), lanes: Number(lanes) },
    salt: Buffer.from(salt, 'base64'),
    digest: Buffer.from(digest, 'base64'),
  };
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
