import { gzipSync } from 'node:zlib';
import { openConnection, requestHead, type Target } from '../load/connection.ts';
import { expectStatus } from '../load/sign-in.ts';
import type { PageWeight } from '../report.ts';
import { readPage } from './posting.ts';

/** What a browser fetches to show a page for the first time: the page, and what it names of ours. */
export async function weighPage(target: Target, { name, path, cookie }: { name: string; path: string; cookie: string }): Promise<PageWeight> {
  const html = await readPage(target, { path, cookie });
  const connection = openConnection(target);
  const weigh = async (one: string) => expectStatus(await connection.ask(requestHead({ path: one, target, cookie })), 200).bytes;
  const htmlGzBytes = await weigh(path);
  const parts = new Set([...html.matchAll(/(?:href|src)="(\/statique\/[^"]+)"/gu)].map(([, part]) => part ?? ''));
  let firstLoadGzBytes = htmlGzBytes;
  for (const part of parts) firstLoadGzBytes += await weigh(part);
  connection.close();
  if (gzipSync(html).length > htmlGzBytes * 2) throw new Error(`${path} was not compressed as it says`);
  return { name, htmlBytes: Buffer.byteLength(html), htmlGzBytes, firstLoadGzBytes, requests: 1 + parts.size };
}
