import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** `path of the file inside the backup` → its SHA-256, in hexadecimal. */
export type Sums = Map<string, string>;

export async function sumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** As `sha256sum` writes and checks them. */
export function formatSums(sums: Sums): string {
  return [...sums].map(([path, sum]) => `${sum}  ${path}\n`).join('');
}

/** Undefined when a line is not one of `formatSums`, or leads out of the folder. */
export function parseSums(text: string): Sums | undefined {
  const sums: Sums = new Map();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}((?:tables|files)\/[a-z0-9_./-]+)$/.exec(line) ?? [];
    if (!sum || !path || path.includes('..')) return undefined;
    sums.set(path, sum);
  }
  return sums;
}

/** The first file that is not what its sum says, or is not there. */
export async function findAltered(folder: string, sums: Sums): Promise<string | undefined> {
  for (const [path, sum] of sums) {
    const there = await stat(join(folder, path)).catch(() => undefined);
    if (!there?.isFile() || (await sumOf(join(folder, path))) !== sum) return path;
  }
  return undefined;
}
