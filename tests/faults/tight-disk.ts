import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TightDisk = {
  folder: string;
  /** Takes all the room there is, but for so many bytes. */
  fill(but?: number): void;
  /** Gives the room back. */
  free(): void;
  remove(): void;
};

/** A disk of that size, in memory; undefined where this account may not mount one. */
export function tightDisk(megabytes: number): TightDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'pli-tight-'));
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0755`, 'tmpfs', folder]).status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const ballast = join(folder, 'ballast');
  mkdirSync(ballast);
  let pieces = 0;
  return {
    folder,
    fill(but = 0) {
      const { bavail, bsize } = statfsSync(folder);
      const bytes = bavail * bsize - but;
      pieces += 1;
      if (bytes > 0) writeFileSync(join(ballast, String(pieces)), Buffer.alloc(bytes));
    },
    free: () => rmSync(ballast, { recursive: true }),
    remove() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
