import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accessibilityFaults, launchChromium, openBrowser, picture } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { freePort, newDataFolder, removeFolder, type StartedPli, startPli } from '../../support/started-pli.ts';
import { cuttableLine } from '../live/cuttable-line.ts';
import { signIn } from '../live/people-online.ts';

const dataDir = newDataFolder();
const documents = mkdtempSync(join(tmpdir(), 'pli-documents-'));
const megabyte = 1024 * 1024;
let pli: StartedPli;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  [pli, browser] = await Promise.all([startPli({ dataDir, port: await freePort(), env: { PLI_DEMO: 'on' } }), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await pli?.stop();
  removeFolder(dataDir);
  rmSync(documents, { recursive: true, force: true });
});

/** A document on the disk, as a person has them. */
function documentOf(name: string, bytes: number): string {
  const path = join(documents, name);
  writeFileSync(path, randomBytes(bytes));
  return path;
}

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Marie before the form of a new conversation, filled in. */
async function atTheForm(options: { url?: string; width?: number; scripts?: boolean; scheme?: 'light' | 'dark'; title?: string } = {}) {
  const { url = pli.url, width = 1280, scripts = true, scheme = 'light', title = 'Relevé' } = options;
  const opened = await openBrowser(browser, url, { width, scripts, scheme });
  await signIn(opened.page, 'marie.unetelle@innovactione.example');
  await opened.page.goto('/connexion/nouvelle');
  await write(opened.page, title);
  return opened;
}

async function write(page: Page, title: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Titre' }).fill(title);
  await page.getByRole('textbox', { name: 'Participants' }).fill('jeand@courriel.example');
  await page.getByRole('textbox', { name: 'Message' }).fill('Voici les documents.');
}

/** Bytes a second that may leave; undefined for as many as possible. */
async function throttle(page: Page, bytesPerSecond: number | undefined): Promise<void> {
  const network = await page.context().newCDPSession(page);
  const uploadThroughput = bytesPerSecond ?? -1;
  await network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
}

const line = (page: Page, name: string) => page.locator('file-field .up').filter({ hasText: name });

function arrived(page: Page, name: string): Promise<void> {
  return line(page, name)
    .getByText(/, reçu$/u)
    .waitFor({ timeout: 60_000 });
}

async function submitted(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor({ timeout: 60_000 });
}

/** What the conversation in sight gives back under that name. */
async function downloaded(page: Page, name: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name }).first().click();
  return sha256(await (await download).path());
}

const percentOf = async (page: Page, name: string) => Number(/(\d+)\s%/u.exec(await line(page, name).innerText())?.[1] ?? Number.NaN);

describe.skipIf(!chromiumPath)('documents leave as they are chosen', () => {
  test('000-49 000-54: several at once, each with its line; the form leaves with all of them, and they are what they were', async () => {
    const { page, context, complaints } = await atTheForm({ title: 'Plusieurs documents' });
    const paths = [documentOf('plan.pdf', 3 * megabyte + 17), documentOf('photo.jpg', 900), documentOf('vide.txt', 0), documentOf('notes.txt', 70_000)];
    await page.getByLabel('Parcourir').setInputFiles(paths);
    for (const path of paths) await arrived(page, path.split('/').at(-1) ?? '');
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'envois-recus-1280');
    await page.getByRole('button', { name: 'Retirer photo.jpg' }).click();
    await submitted(page, 'Plusieurs documents');
    expect(await page.getByRole('link', { name: 'photo.jpg' }).count()).toBe(0);
    for (const path of [paths[0], paths[3]]) expect(await downloaded(page, path?.split('/').at(-1) ?? '')).toBe(sha256(path ?? ''));
    expect(await page.evaluate('localStorage.getItem("pli-envois")')).toBeNull();
    expect(complaints).toEqual([]);
    await context.close();
  });
});
