import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type TightDisk = {
  folder: string;
  /** Takes all the room there is. */
  fill(): void;
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
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(join(ballast, 'all'), Buffer.alloc(bavail * bsize));
      } catch (fault) {
        // Others were quicker by some bytes: it is full.
        if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOSPC')) throw fault;
      }
    },
    free: () => rmSync(join(ballast, 'all')),
    remove() {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
