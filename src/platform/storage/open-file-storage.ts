import { createSecretKey, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { isDiskFull } from '../files/disk-room.ts';
import { syncFolder, unlessCode } from '../files/durable.ts';
import { appendSegments, copyOf, type Grown, type Growth, replaceByCopy } from './append-segments.ts';
import { blobPath } from './blob-path.ts';
import { BlobMissing, StorageFull } from './errors.ts';
import { type ByteRange, type OpenBlob, readFully, readSegments } from './read-segments.ts';
import { positionOf } from './segment-writer.ts';
import { headerBytes, measure, newHeader, openSegment, sealingOf, segmentBytes } from './segments.ts';
import type { Storage } from './storage.ts';
import { writeSegments } from './write-segments.ts';

type Incoming = { id: string; key: Buffer; source: Readable; limit: number };

const unfinishedFolder = 'unfinished';
/** No transfer lasts as long: an unfinished file older than this belongs to a process that died. */
const unfinishedMs = 24 * 3_600_000;

/**
 * Blobs in a folder: `<folder>/<last two digits of the id>/<id>`, 256 subfolders (the first digits of a UUIDv7 are the time: they would
 * all fall together). A blob is written in `<folder>/unfinished`, synced, then renamed: it is there whole or not at all.
 * Several processes may share the folder.
 */
export function openFileStorage(folder: string): Storage {
  mkdirSync(join(folder, unfinishedFolder), { recursive: true, mode: 0o700 });
  return {
    write: (id, key, source, limit) => write(folder, { id, key, source, limit }),
    begin: (id) => begin(folder, id),
    append: (id, key, growth) => append(folder, { id, key, growth }),
    read: (id, key, range) => read(folder, { id, key, range }),
    remove: (id) => remove(folder, id),
    discardUnfinished: () => discardUnfinished(join(folder, unfinishedFolder)),
  };
}

async function write(folder: string, blob: Incoming): Promise<{ size: number }> {
  // Before anything is awaited: a source that breaks off while nobody listens yet, or any more, would end the process.
  blob.source.on('error', () => undefined);
  const { file: path, subfolder } = blobPath(folder, blob.id);
  if (await stat(path).catch(unlessCode('ENOENT'))) throw new Error(`Blob ${blob.id} exists already.`);
  const unfinished = join(folder, unfinishedFolder, `${blob.id}.${randomUUID()}`);
  try {
    const size = await writeWhole(unfinished, blob);
    await putInPlace(unfinished, path, { folder, subfolder });
    await syncFolder(subfolder);
    return { size };
  } catch (error) {
    await rm(unfinished, { force: true });
    throw isDiskFull(error) ? new StorageFull('There is no room left for files.', { cause: error }) : error;
  }
}

/** Each subfolder is missing once in the life of a store. */
async function putInPlace(from: string, to: string, { folder, subfolder }: { folder: string; subfolder: string }): Promise<void> {
  const moved = await rename(from, to).then(() => true, unlessCode('ENOENT'));
  if (moved) return;
  if (await mkdir(subfolder, { recursive: true, mode: 0o700 })) await syncFolder(folder);
  await rename(from, to);
}

async function writeWhole(path: string, blob: Incoming): Promise<number> {
  const header = newHeader();
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(header);
    const size = await writeSegments(file, sealingOf(blob.id, createSecretKey(blob.key), header), blob.source, blob.limit);
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** Only its header, in its final place: what grows is told from what is whole by the mark on the last segment. */
async function begin(folder: string, id: string): Promise<void> {
  const { file: path, subfolder } = blobPath(folder, id);
  if (await mkdir(subfolder, { recursive: true, mode: 0o700 })) await syncFolder(folder);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(newHeader());
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw isDiskFull(error) ? new StorageFull('There is no room left for files.', { cause: error }) : error;
  } finally {
    await file.close();
  }
  await syncFolder(subfolder);
}

async function append(folder: string, { id, key, growth }: { id: string; key: Buffer; growth: Growth & { apart: boolean } }): Promise<Grown> {
  const { file: path } = blobPath(folder, id);
  try {
    if (growth.apart) await replaceByCopy(path, positionOf(growth.from / segmentBytes));
    const file = await open(path, 'r+');
    try {
      const sealing = sealingOf(id, createSecretKey(key), await readFully(file, Buffer.alloc(headerBytes), 0));
      return await appendSegments(file, sealing, growth);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') throw new BlobMissing(`There is no blob ${id}.`, { cause: error });
    throw isDiskFull(error) ? new StorageFull('There is no room left for files.', { cause: error }) : error;
  }
}

async function read(folder: string, wanted: { id: string; key: Buffer; range: ByteRange | undefined }): Promise<Readable> {
  const file = await open(blobPath(folder, wanted.id).file, 'r').catch(unlessCode('ENOENT'));
  if (!file) throw new BlobMissing(`There is no blob ${wanted.id}.`);
  try {
    const { size, ...blob } = await openBlob(file, wanted.id, wanted.key);
    const range = wanted.range ?? { start: 0, end: size - 1 };
    if (wanted.range && (range.start < 0 || range.end < range.start || range.end >= size))
      throw new RangeError(`Bytes ${range.start}-${range.end} are not in a blob of ${size} bytes.`);
    return readSegments(blob, range);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Synced, so that a power cut does not bring back bytes whose owner is already forgotten. */
async function remove(folder: string, id: string): Promise<void> {
  const { file, subfolder } = blobPath(folder, id);
  await rm(file, { force: true });
  await rm(copyOf(file), { force: true }); // Of a process that died while it made it.
  await syncFolder(subfolder).catch(unlessCode('ENOENT'));
}

/** Opens the last segment first: it alone proves that the blob has its whole length, before a first byte is given. */
async function openBlob(file: FileHandle, id: string, key: Buffer): Promise<OpenBlob & { size: number }> {
  const { size: fileBytes } = await file.stat();
  const sealing = sealingOf(id, createSecretKey(key), await readFully(file, Buffer.alloc(headerBytes), 0));
  const { segments, size } = measure(id, sealing, fileBytes);
  const lastAt = headerBytes + (segments - 1) * sealing.sealedBytes;
  const sealed = await readFully(file, Buffer.allocUnsafe(fileBytes - lastAt), lastAt);
  return { file, sealing, segments, size, lastSegment: openSegment(sealing, { number: segments - 1, last: true }, sealed) };
}

/** A file that is being written has the date of its last byte. */
async function discardUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const found = await stat(path).catch(unlessCode('ENOENT'));
    if (found && Date.now() - found.mtimeMs > unfinishedMs) await rm(path, { force: true });
  }
}
