import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, openBrowser, picture } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { signIn } from '../../support/demonstration.ts';
import { nextMail } from '../../support/outbox.ts';
import { pliCommand } from '../../support/pli-command.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from '../../support/started-pli.ts';

const marie = 'marie.unetelle@innovactione.example';
const paul = 'paul.tremblay@innovactione.example';
const alain = 'alain.gagnon@innovactione.example';
const jean = 'jeand@courriel.example';
const nadia = 'nadia.golden@courriel.example';
const title = 'Dossier de Nadia Roy';
const secret = 'Le relevé complet est joint, Zèbre-Ambre-4410.';
const answer = 'Merci, tout est bien arrivé.';
const firstPassword = 'Quatre-vents 38 sous la pluie';
const secondPassword = 'Sept hirondelles 52 sur le canal';
/** The machine may have much else to do. */
const soon = { timeout: 30_000 };
const megabyte = 1024 * 1024;
const passphrase = 'neuf hirondelles au dessus du canal';

const dataDir = newDataFolder();
const aside = mkdtempSync(join(tmpdir(), 'pli-golden-'));
const env = { PLI_DEMO: 'on' };
let pli: StartedPli;
let elsewhere: StartedPli | undefined;
let browser: Browser;

beforeAll(async () => {
  if (!chromiumPath) return;
  [pli, browser] = await Promise.all([startPli({ dataDir, env }), launchChromium()]);
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([pli?.stop(), elsewhere?.stop()]);
  removeFolder(dataDir);
  rmSync(aside, { recursive: true, force: true });
});

describe.skipIf(!chromiumPath)('the golden scenario of confidential conversations', () => {
  test('G-1: a sealed message with 900 MB, from the notice to the answer, to the holder’s departure, and to the day when no backup reads it', async () => {
    const [maries, nadias, jeans, alains, pauls] = await Promise.all([openPerson(), openPerson(), openPerson(), openPerson(), openPerson()]);
    await signIn(maries, marie);
    await writesWithALargeFile(maries);
    const page = new URL(maries.url()).pathname;
    const notice = await scannedNotice();
    await opensAnAccount(nadias, notice);
    await forgetsAndResets(nadias, notice);
    await maries.goto('/connexion');
    await opensAndAnswers(nadias);
    await seesTheBubbleAndTheActivities(maries);
    await turnsTheListOver(jeans);
    await deactivates(alains);
    await findsItRed(nadias, page);
    await takesOver(pauls, nadias, page);
    await expiresBeyondBackups(pauls, page);
  }, 600_000);
});

async function openPerson(): Promise<Page> {
  const { page } = await openBrowser(browser, pli.url, { width: 1280, scripts: true });
  page.setDefaultTimeout(30_000);
  return page;
}

/** 900 MB that take no room on the disk before they are sent; through the page, as a person sends them. Paul takes part as a collaborator. */
async function writesWithALargeFile(page: Page): Promise<void> {
  const path = join(aside, 'relevé complet.bin');
  writeFileSync(path, 'relevé');
  truncateSync(path, 900 * megabyte);
  await page.goto('/connexion/nouvelle');
  await page.getByRole('textbox', { name: 'Titre' }).fill(title);
  await page.getByRole('textbox', { name: 'Participants' }).fill(`${nadia}\n${paul}`);
  await page.getByRole('textbox', { name: 'Message' }).fill(secret);
  await page.getByLabel('Parcourir').setInputFiles(path);
  await page
    .locator('file-field .up')
    .getByText(/, reçu$/u)
    .waitFor({ timeout: 300_000 });
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  // 000-45: sent and expiry, with the abbreviation of the zone in force at each of the two instants.
  const meta = await page.locator('.msg .meta').first().innerText();
  expect(meta.match(/\d{2} \p{L}+\.?, \d{4} – \d{2}:\d{2}:\d{2} H[NA]E/gu)).toHaveLength(2);
  await picture(page, 'g-1-1-marie');
}

/** The notice says nothing, and a scanner that fetches its link ten times changes nothing; the path of the link. */
async function scannedNotice(): Promise<string> {
  const mail = await nextMail(pli.url, { to: nadia, kind: 'notice' });
  for (const kept of [title, secret, 'Zèbre', 'relevé complet']) expect(`${mail.subject}\n${mail.text}\n${mail.html}`).not.toContain(kept);
  const link = new URL(mail.links.find((one) => one.includes('/avis/')) ?? '');
  for (let fetched = 0; fetched < 10; fetched++) {
    const scanned = await fetch(pli.url + link.pathname, { redirect: 'manual' });
    expect([scanned.status, scanned.headers.get('location')?.startsWith('/ouvrir-une-session')]).toEqual([303, true]);
  }
  return link.pathname;
}

async function givesCode(page: Page, seen: ReadonlySet<string>, kind: 'code' | 'reset' = 'code'): Promise<string> {
  const { code, id } = await nextMail(pli.url, { to: nadia, kind, seen });
  await page.getByRole('textbox', { name: 'Code' }).fill(code ?? '');
  await page.locator('main form:has(input[name=code]) button:not([name])').first().click();
  return id;
}

async function opensAnAccount(page: Page, notice: string): Promise<void> {
  await page.goto(notice);
  await page.getByRole('link', { name: 'Ouvrir un compte' }).first().click();
  // The page before has a field of the same name.
  await page.getByRole('heading', { name: 'Ouvrir un compte' }).waitFor();
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(nadia);
  await page.getByRole('button', { name: 'Continuer' }).click();
  codesSeen.add(await givesCode(page, codesSeen));
  await page.getByRole('textbox', { name: 'Votre nom' }).fill('Nadia Roy');
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(firstPassword);
  await page.getByRole('button', { name: 'Continuer' }).click();
  // Landed on the sealed message; she leaves it for later, and closes her browser.
  await page.getByRole('button', { name: 'Ouvrir' }).waitFor();
  await page.context().clearCookies();
}

const codesSeen = new Set<string>();

/** Back by the same link she does not know her password any more; reset, she is on the same sealed message. */
async function forgetsAndResets(page: Page, notice: string): Promise<void> {
  // A code leaves at most every thirty seconds.
  await passes('PT1M');
  await page.goto(notice);
  await identifies(page, 'un souvenir qui se trompe');
  await page.getByRole('alert').first().waitFor();
  await page.getByRole('link', { name: 'Mot de passe oublié?' }).click();
  await page.getByRole('heading', { name: 'Réinitialiser le mot de passe' }).waitFor();
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(nadia);
  await page.getByRole('button', { name: 'Continuer' }).click();
  codesSeen.add(await givesCode(page, codesSeen, 'reset'));
  await page.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill(secondPassword);
  await page.locator('main form button.btn--go').click();
  await page.getByText('Votre mot de passe est changé').first().waitFor();
  await identifies(page, secondPassword);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  expect(await page.content()).not.toContain('Zèbre');
  await picture(page, 'g-1-2-nadia-scelle');
}

/** Nadia at the door. Where it knows who she is already, it asks for the password alone. */
async function identifies(page: Page, password: string): Promise<void> {
  if ((await page.getByRole('radio', { name: 'Utiliser le mot de passe' }).count()) === 0) {
    await page.getByRole('textbox', { name: 'Identifiant' }).fill(nadia);
    await page.getByRole('button', { name: 'Continuer' }).click();
  }
  await page.getByRole('radio', { name: 'Utiliser le mot de passe' }).check();
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(password);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** On Pli's clock, not on the sessions'. */
async function passes(duration: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const moved = await fetch(`${pli.url}/demo/horloge`, { method: 'POST', headers, body: JSON.stringify({ avance: duration }) });
  expect(moved.status).toBe(200);
}

async function opensAndAnswers(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByText(secret).waitFor();
  const file = page.getByRole('link', { name: 'relevé complet.bin' });
  const head = await page.request.head(new URL((await file.getAttribute('href')) ?? '', page.url()).href);
  expect([head.status(), head.headers()['content-length']]).toEqual([200, String(900 * megabyte)]);
  await page.getByRole('button', { name: 'Afficher un message' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(answer);
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.locator('.thread').getByText(answer).waitFor();
}

/** Marie's list has been open all the while. Her activities, sorted three ways. */
async function seesTheBubbleAndTheActivities(page: Page): Promise<void> {
  const row = page.getByRole('row').filter({ hasText: title });
  await row.getByText('Non lu').waitFor();
  await picture(page, 'g-1-3-marie-bulle');
  await row.getByRole('link', { name: 'vue' }).click();
  await page.getByRole('heading', { name: 'Activités des conversations' }).waitFor();
  const opened = page.getByRole('row').filter({ hasText: 'Message 1 ouvert' }).filter({ hasText: 'Nadia Roy' });
  await opened.waitFor();
  const orders = new Set<string>();
  for (const column of ['Nom', 'Activité', 'Date']) {
    await page.getByRole('link', { name: column }).first().click();
    await page.locator('th[aria-sort]').filter({ hasText: column }).waitFor();
    orders.add((await page.getByRole('row').allInnerTexts()).join('\n'));
  }
  expect(orders.size).toBe(3);
  expect(await opened.innerText()).toMatch(/\d{2}:\d{2}:\d{2}\sH[NA]E/u);
}

async function turnsTheListOver(page: Page): Promise<void> {
  const rows = page.locator('tbody tr');
  await signIn(page, jean);
  await expect.poll(() => rows.count(), soon).toBe(10);
  await page.getByRole('link', { name: '30', exact: true }).click();
  await expect.poll(() => rows.count(), soon).toBe(30);
  await page.getByRole('link', { name: 'Dernière' }).click();
  await expect.poll(() => rows.count(), soon).toBe(15);
  const oldest = await rows.locator('.ttl').last().innerText();
  await page.goto('/connexion?taille=30');
  await page.getByRole('link', { name: 'Date de modification' }).click();
  await expect.poll(() => rows.locator('.ttl').first().innerText(), soon).toBe(oldest);
}

/** Alain suspends Marie in the administration. */
async function deactivates(page: Page): Promise<void> {
  await signIn(page, alain);
  await page.goto('/administration');
  await page.getByRole('link', { name: 'Collaborateurs' }).first().click();
  await page
    .getByRole('link', { name: /Marie Unetelle/u })
    .first()
    .click();
  await page.getByRole('button', { name: 'Suspendre le compte' }).click();
  await page.getByText('Le compte est suspendu').first().waitFor();
}

async function findsItRed(page: Page, conversation: string): Promise<void> {
  // What was open before is refused with the reason, and keeps what was typed.
  await page.goto('/connexion');
  await page.getByRole('row').filter({ hasText: title }).getByText('Lecture seule').waitFor();
  await page.goto(conversation);
  expect(await page.getByRole('button', { name: 'Afficher un message' }).count()).toBe(0);
  const refused = await page.evaluate(
    async (path) => (await fetch(path, { method: 'POST', body: new URLSearchParams({ message: 'Encore un mot.', cle: crypto.randomUUID() }) })).text(),
    `${conversation}/messages`,
  );
  expect(refused).toMatch(/Le compte de la personne qui a lancé cette conversation n.{1,6}est plus actif/u);
  await picture(page, 'g-1-4-nadia-rouge');
}

async function takesOver(page: Page, nadias: Page, conversation: string): Promise<void> {
  await signIn(page, paul);
  await page.goto(conversation);
  await page.getByRole('button', { name: 'Reprendre' }).click();
  await page.getByRole('status').filter({ hasText: 'Succès' }).waitFor();
  await nadias.goto('/connexion');
  const row = nadias.getByRole('row').filter({ hasText: title });
  expect(await row.getByText('Lecture seule').count()).toBe(0);
  expect(await row.innerText()).toContain(paul);
  await nadias.goto(conversation);
  await nadias.getByRole('button', { name: 'Afficher un message' }).waitFor();
  await picture(nadias, 'g-1-5-nadia-noire');
}

/** A backup that could read it; the clock passes the expiry; the same backup, restored elsewhere with the keys of today, cannot. */
async function expiresBeyondBackups(page: Page, conversation: string): Promise<void> {
  const [content, keys] = [join(aside, 'backup'), join(aside, 'keys')];
  const here = pliCommand({ PLI_DATA: dataDir, PLI_DEMO: 'on', PLI_KEYS_PASSPHRASE: passphrase });
  expect(here.run('backup', content)).toMatchObject({ status: 0 });
  await passes('P1Y3D');
  await page.goto(conversation);
  await page.getByText('Message expiré le').first().waitFor();
  expect(here.run('backup', '--keys', keys)).toMatchObject({ status: 0 });

  const there = join(aside, 'elsewhere', 'data');
  const restored = pliCommand({ PLI_DATA: there, PLI_DEMO: 'on', PLI_KEYS_PASSPHRASE: passphrase }).run('restore', content, '--keys', keys);
  expect(restored).toMatchObject({ status: 0 });
  elsewhere = await startPli({ dataDir: there, env });
  // There the clock stands where the backup was taken, a year before the expiry: it is the key that is missing.
  const { page: nadias } = await openBrowser(browser, elsewhere.url, { width: 1280, scripts: true });
  await nadias.goto('/ouvrir-une-session');
  await identifies(nadias, secondPassword);
  await nadias.getByRole('heading', { name: 'Boîte de conversations' }).waitFor();
  await nadias.goto(conversation);
  await nadias.getByText('Message expiré le').first().waitFor();
  for (const gone of [secret, answer, title]) expect(await nadias.content()).not.toContain(gone);
  expect(await nadias.getByRole('link', { name: 'relevé complet' }).count()).toBe(0);
  await picture(nadias, 'g-1-6-restauree');
}
