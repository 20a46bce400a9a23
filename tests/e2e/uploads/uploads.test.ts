import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programOf } from '../../machine/processes.ts';
import { accessibilityFaults, launchChromium, openBrowser, overflows, picture } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { signIn } from '../../support/demonstration.ts';
import { freePort, newDataFolder, removeFolder, type StartedPli, startPli } from '../../support/started-pli.ts';
import { cuttableLine } from '../live/cuttable-line.ts';

const dataDir = newDataFolder();
const documents = mkdtempSync(join(tmpdir(), 'pli-documents-'));
const megabyte = 1024 * 1024;
/** The machine may have much else to do. */
const soon = { timeout: 30_000 };
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

  test('000-52: progress and time left are shown; paused, it waits; resumed, it goes on from there', async () => {
    const { page, context } = await atTheForm({ title: 'En pause' });
    const path = documentOf('film.mp4', 6 * megabyte);
    await throttle(page, 1_500_000);
    await page.getByLabel('Parcourir').setInputFiles(path);
    await line(page, 'film.mp4')
      .getByText(/^\d+\s% de 6\sMo, encore \d+\s(?:s|min)$/u)
      .waitFor();
    await expect
      .poll(() => page.getByRole('progressbar', { name: 'Envoi de film.mp4' }).evaluate((bar: HTMLProgressElement) => bar.value), soon)
      .toBeGreaterThan(5);
    await page.getByRole('button', { name: 'Pause, film.mp4' }).click();
    await line(page, 'film.mp4')
      .getByText(/^En pause à \d+\s%/u)
      .waitFor();
    expect((await page.locator('[data-told]').innerText()).replaceAll('\u00A0', ' ')).toMatch(/« film.mp4 » est en pause à \d+ %/u);
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'envois-pause-1280');
    const before = await percentOf(page, 'film.mp4');
    await page.getByRole('button', { name: 'Reprendre, film.mp4' }).click();
    await line(page, 'film.mp4')
      .getByText(/encore/u)
      .waitFor();
    expect(await percentOf(page, 'film.mp4')).toBeGreaterThanOrEqual(Math.floor(before / 2));
    await throttle(page, undefined);
    await arrived(page, 'film.mp4');
    await submitted(page, 'En pause');
    expect(await downloaded(page, 'film.mp4')).toBe(sha256(path));
    await context.close();
  });

  test('submitted while a document is on its way, the form waits, says so, and leaves by itself', async () => {
    const { page, context } = await atTheForm({ title: 'Soumis trop tôt' });
    const path = documentOf('rapport.pdf', 3 * megabyte);
    await throttle(page, 600_000);
    await page.getByLabel('Parcourir').setInputFiles(path);
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByText('Le message partira dès que les documents seront arrivés.').first().waitFor();
    await picture(page, 'envois-attente-1280');
    await page.getByRole('button', { name: 'Ne plus attendre' }).click();
    expect(await page.getByRole('button', { name: 'Soumettre' }).isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByRole('button', { name: 'Ne plus attendre' }).waitFor();
    await throttle(page, undefined);
    await page.getByRole('heading', { level: 1, name: 'Soumis trop tôt' }).waitFor({ timeout: 60_000 });
    expect(await downloaded(page, 'rapport.pdf')).toBe(sha256(path));
    await context.close();
  });

  test('given up or taken out, a document leaves nothing on the disk; one that is paused keeps the form from leaving without it', async () => {
    const { page, context } = await atTheForm({ title: 'Sans le document' });
    const blobs = () => readdirSync(join(dataDir, 'files'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
    const before = blobs();
    await page.getByLabel('Parcourir').setInputFiles(documentOf('petit.txt', 500));
    await arrived(page, 'petit.txt');
    await throttle(page, 300_000);
    await page.getByLabel('Parcourir').setInputFiles(documentOf('lourd.bin', 5 * megabyte));
    await expect.poll(blobs, soon).toBe(before + 2);
    await page.getByRole('button', { name: 'Pause, lourd.bin' }).click();
    await page.getByRole('button', { name: 'Soumettre' }).click();
    expect((await page.getByRole('alert').innerText()).replaceAll('\u00A0', ' ')).toContain('« lourd.bin » n’est pas arrivé. Tout est gardé.');
    expect(await page.getByRole('button', { name: 'Reprendre, lourd.bin' }).evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Annuler l’envoi de lourd.bin' }).click();
    await page.getByRole('button', { name: 'Retirer petit.txt' }).click();
    await expect.poll(blobs, soon).toBe(before);
    await throttle(page, undefined);
    await submitted(page, 'Sans le document');
    await context.close();
  });

  test('the line is cut: it goes on by itself once it is back; given up, it says where it stopped and goes on when asked', async () => {
    const cuttable = await cuttableLine(pli.port);
    const { page, context } = await atTheForm({ url: cuttable.url, title: 'Ligne coupée' });
    const path = documentOf('radio.dcm', 8 * megabyte);
    await throttle(page, 2_000_000);
    await page.getByLabel('Parcourir').setInputFiles(path);
    await expect.poll(() => percentOf(page, 'radio.dcm'), soon).toBeGreaterThan(15);
    cuttable.cut();
    await line(page, 'radio.dcm').getByText('Le réseau ne répond pas').waitFor();
    cuttable.mend();
    await line(page, 'radio.dcm')
      .getByText(/encore/u)
      .waitFor({ timeout: 30_000 });
    cuttable.cut();
    await line(page, 'radio.dcm')
      .getByText(/L’envoi de «\sradio.dcm\s» s’est arrêté à \d+\s%. La partie reçue est gardée./u)
      .waitFor({ timeout: 60_000 });
    await picture(page, 'envois-arrete-1280');
    expect(await accessibilityFaults(page)).toEqual([]);
    cuttable.mend();
    await page.getByRole('button', { name: 'Reprendre, radio.dcm' }).click();
    await throttle(page, undefined);
    await arrived(page, 'radio.dcm');
    await submitted(page, 'Ligne coupée');
    expect(await downloaded(page, 'radio.dcm')).toBe(sha256(path));
    await context.close();
    cuttable.close();
  });

  test('the page is loaded again, and Pli killed: the unfinished line is there, and the same file chosen again goes on', async () => {
    const { page, context } = await atTheForm({ title: 'Rechargée' });
    page.on('dialog', (dialog) => void dialog.accept());
    const path = documentOf('Ordonnance été.pdf', 6 * megabyte);
    await throttle(page, 1_500_000);
    await page.getByLabel('Parcourir').setInputFiles(path);
    await expect.poll(() => percentOf(page, 'Ordonnance'), soon).toBeGreaterThan(30);
    await page.reload();
    await line(page, 'Ordonnance été.pdf')
      .getByText(/Choisissez de nouveau ce fichier pour reprendre/u)
      .waitFor();
    const kept = await percentOf(page, 'Ordonnance');
    expect(kept).toBeGreaterThan(10);
    expect(await accessibilityFaults(page)).toEqual([]);
    await picture(page, 'envois-inacheve-1280');
    expect(await page.evaluate('localStorage.getItem("pli-envois")')).not.toContain('Ordonnance');
    const other = await context.newPage();
    const questions: string[] = [];
    other.on('request', (request) => request.url().includes('/uploads') && questions.push(request.method()));
    await other.goto('/connexion/nouvelle');
    await other.evaluate(`customElements.whenDefined('file-field').then(() => fetch('/health/live')).then((answer) => answer.text())`);
    expect(questions, 'another tab takes nothing of this one').toEqual([]);
    await other.close();
    await throttle(page, 300_000);
    const asked: string[] = [];
    page.on('request', (request) => request.method() === 'PATCH' && asked.push(request.headers()['upload-offset'] ?? ''));
    await page.getByLabel('Parcourir').setInputFiles(path);
    await line(page, 'Ordonnance')
      .getByText(/encore/u)
      .waitFor();
    expect(Number(asked[0])).toBeGreaterThan(0);

    const ended = new Promise((resolve) => pli.launcher.once('close', resolve));
    process.kill(programOf(pli.launcher.pid ?? 0), 'SIGKILL');
    await ended;
    await line(page, 'Ordonnance').getByText('Le réseau ne répond pas').waitFor();
    pli = await startPli({ dataDir, port: pli.port, env: { PLI_DEMO: 'on' } });
    await throttle(page, undefined);
    await page.locator('file-field .up:is([data-state=ready], [data-state=stopped])').waitFor({ timeout: 60_000 });
    const again = page.getByRole('button', { name: /^Reprendre/u });
    if (await again.isVisible()) await again.click();
    await arrived(page, 'Ordonnance');
    await write(page, 'Rechargée');
    await submitted(page, 'Rechargée');
    expect(await downloaded(page, 'Ordonnance été.pdf')).toBe(sha256(path));
    await context.close();
  });

  test('S-11: more than 1 GiB in all is refused by name before anything leaves; a folder and the same file twice are not sent', async () => {
    const { page, context } = await atTheForm({ title: 'Trop' });
    const sent: string[] = [];
    page.on('request', (request) => request.url().includes('/uploads') && sent.push(request.method()));
    const path = join(documents, 'disque.img');
    writeFileSync(path, '');
    truncateSync(path, 1_073_741_825);
    await page.getByLabel('Parcourir').setInputFiles(path);
    expect((await page.getByRole('alert').innerText()).replaceAll('\u00A0', ' ')).toContain(
      '« disque.img » (1 Go) n’est pas ajouté : la limite est de 1 Go au total',
    );
    expect(sent).toEqual([]);
    const twice = documentOf('une fois.txt', 200);
    await page.getByLabel('Parcourir').setInputFiles(twice);
    await arrived(page, 'une fois.txt');
    await page.getByLabel('Parcourir').setInputFiles(twice);
    expect(await page.locator('file-field .up').count()).toBe(1);
    await context.close();
  });

  test('dropped on the zone, and by the keyboard alone', async () => {
    const { page, context } = await atTheForm({ title: 'Glissé' });
    await page.evaluate(`{
      const carried = new DataTransfer();
      carried.items.add(new File(['déposé'], 'déposé.txt'));
      carried.items.add(new File(['aussi'], 'aussi.txt'));
      document.querySelector('.drop').dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
    }`);
    for (const name of ['déposé.txt', 'aussi.txt']) await arrived(page, name);
    await page.getByLabel('Parcourir').focus();
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Space');
    await (await chooser).setFiles(documentOf('clavier.txt', 300));
    await arrived(page, 'clavier.txt');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Retirer déposé.txt');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('fichiers');
    await submitted(page, 'Glissé');
    expect(await page.getByRole('link', { name: 'clavier.txt' }).count()).toBe(1);
    expect(await page.getByRole('link', { name: 'déposé.txt' }).count()).toBe(0);
    await context.close();
  });

  test('a form that is refused keeps its documents, once; a page merged meanwhile leaves them alone', async () => {
    const { page, context } = await atTheForm({ title: 'Refusé' });
    await page.getByLabel('Parcourir').setInputFiles(documentOf('gardé.txt', 400));
    await arrived(page, 'gardé.txt');
    await page.evaluate(`new Promise((merged) => {
      document.addEventListener('turbo:load', () => merged(), { once: true });
      Turbo.session.refresh(location.href);
    })`);
    expect(await line(page, 'gardé.txt').count()).toBe(1);
    await page.getByRole('textbox', { name: 'Titre' }).fill('');
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByRole('checkbox', { name: 'gardé.txt' }).waitFor();
    expect(await line(page, 'gardé.txt').count()).toBe(0);
    await page.getByRole('textbox', { name: 'Titre' }).fill('Refusé');
    await submitted(page, 'Refusé');
    expect(await page.getByRole('link', { name: 'gardé.txt' }).count()).toBe(1);
    await context.close();
  });

  test.each([
    { name: '390-sombre', locale: 'fr-CA', scheme: 'dark', words: ['Pause, Résultats', 'Nouvelle conversation'] },
    { name: '390-en', locale: 'en-CA', scheme: 'light', words: ['Pause, Résultats', 'New conversation'] },
  ] as const)('at 390 px, in both languages, light and dark: $name', async ({ name, locale, scheme, words }) => {
    const { page, context } = await openBrowser(browser, pli.url, { width: 390, scripts: true, scheme });
    await signIn(page, 'marie.unetelle@innovactione.example');
    await page.goto(`/connexion/nouvelle${locale === 'en-CA' ? '?lang=en' : ''}`);
    await page.getByRole('heading', { level: 1, name: words[1] }).waitFor();
    const browse = page.locator('#fichiers');
    await browse.setInputFiles([documentOf('petit.txt', 900), documentOf('autre.pdf', 120_000)]);
    await line(page, 'autre.pdf').and(page.locator('[data-state=ready]')).waitFor();
    await throttle(page, 200_000);
    await browse.setInputFiles(documentOf('Résultats d’analyses et suivi de la clinique du Vieux-Moulin, octobre.heic', 3 * megabyte));
    await line(page, 'Résultats')
      .getByText(/, (?:encore \d|\d+\s(?:s|min) left)/u)
      .waitFor();
    await browse.setInputFiles(documentOf('en pause.bin', megabyte));
    await page.getByRole('button', { name: /^Pause, en pause/u }).click();
    await page.locator('main button.btn--go').click();
    expect(await page.getByRole('button', { name: new RegExp(`^${words[0]}`, 'u') }).count()).toBe(1);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await picture(page, `envois-${name}`);
    await context.close();
  });

  test('without scripts the same field sends its files with the form', async () => {
    const { page, context } = await atTheForm({ scripts: false, title: 'Sans scripts' });
    const path = documentOf('sans.txt', 200_000);
    await page.getByLabel('Parcourir').setInputFiles(path);
    await submitted(page, 'Sans scripts');
    expect(await downloaded(page, 'sans.txt')).toBe(sha256(path));
    await context.close();
  });
});
