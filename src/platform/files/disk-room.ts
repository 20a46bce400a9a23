import { statfsSync } from 'node:fs';
import { formatBytes } from '#shared/bytes.ts';
import { type StartRefused, startRefused } from '../start-refused.ts';

/** Refuses a start (`StartRefused`) on a disk where less than `needed` bytes are left, before anything is written there. */
export function refuseFullDisk(folder: string, needed: number): void {
  if (roomIn(folder) < needed) throw fullDisk(folder, needed);
}

/** Says which folder is full, and how much a start needs there. */
export function fullDisk(folder: string, needed: number, cause?: unknown): StartRefused {
  // Terminals and their logs spoil the space that does not break.
  const sized = (bytes: number, locale: 'fr-CA' | 'en') => formatBytes(bytes, locale).replace('\u00A0', ' ');
  const free = roomIn(folder);
  const values = { freeFr: sized(free, 'fr-CA'), neededFr: sized(needed, 'fr-CA'), freeEn: sized(free, 'en'), neededEn: sized(needed, 'en') };
  return startRefused('folder.full', { folder, ...values }, cause);
}

/** Bytes an ordinary account may still write; endless where the system does not tell. */
function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}

/** ENOSPC and EDQUOT of the system, 53100 (disk_full) of PostgreSQL, and what its programs print. */
export function isDiskFull(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    if (['ENOSPC', 'EDQUOT', '53100'].includes(String(Reflect.get(fault, 'code')))) return true;
    if (/No space left on device|Disk quota exceeded/.test(fault.message)) return true;
  }
  return false;
}
