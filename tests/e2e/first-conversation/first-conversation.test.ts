import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demonstrationPassword } from '#domain/demonstration/api.ts';
import type { Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, look, signIn } from '../../support/demonstration.ts';
import { nextMail } from '../../support/outbox.ts';
import { filesHolding } from './files-holding.ts';

const canary = 'Zèbre-Quartz-7731';

const here = demonstration();

const screens: { name: string; nadia: string; screen: Screen }[] = [
  { name: '1280', nadia: 'nadia.roy@courriel.example', screen: { width: 1280, scripts: true } },
  { name: '390', nadia: 'nadia.roy.390@courriel.example', screen: { width: 390, scripts: true } },
  { name: '1280-sans-scripts', nadia: 'nadia.roy.1280.sans@courriel.example', screen: { width: 1280, scripts: false } },
  { name: '390-sans-scripts-sombre', nadia: 'nadia.roy.390.sans@courriel.example', screen: { width: 390, scripts: false, scheme: 'dark' } },
];

describe.skipIf(!chromiumPath)('the first conversation', () => {
  test.each(screens)(
    '000-08 000-10 000-13 000-17 000-41 000-49 000-53 S-08: from «Nouvelle conversation» to the answer read, at $name',
    async ({ name, nadia, screen }) => {
      const marie = await here.open(screen);
      await signIn(marie.page, 'marie.unetelle@innovactione.example');
      const title = `Relevé ${name} ${canary}`;
      await startConversation(marie.page, { name, title, to: nadia });

      const notice = await nextMail(here.url, { to: nadia, kind: 'notice' });
      expect(notice.from).toMatch(/^Connexion <connexion@/u);
      expect(`${notice.subject} ${notice.text} ${notice.html}`).not.toContain(canary);
      const link = notice.links.find((one) => one.includes('/avis/')) ?? '';
      for (let n = 0; n < 3; n++) expect((await fetch(link.replace(/^http:\/\/[^/]+/u, here.url), { redirect: 'manual' })).status).toBe(303);

      const guest = await here.open(screen);
      await openAccount(guest.page, { link: new URL(link).pathname, address: nadia, name });
      await readAndAnswer(guest.page, { name, title });
      await findAnswer(marie.page, { name, title });
      for (const { context, complaints } of [marie, guest]) {
        expect(complaints).toEqual([]);
        await context.close();
      }
    },
  );

  test('S-18 000-12: neither the database, nor the files, nor the logs hold a title, a text or a file name', async () => {
    expect(filesHolding(here.dataDir, [canary, Buffer.from(canary).toString('hex')])).toEqual([]);
    expect(here.printed()).not.toContain(canary);
  });

  test('the pages speak English to whoever asks for it', async () => {
    const { page, context } = await here.open({ width: 1280, scripts: true, locale: 'en-CA' });
    await page.goto('/ouvrir-une-session');
    await look(page, 'en-ouvrir-une-session');
    await page.getByRole('textbox', { name: 'Username' }).fill('jeand@courriel.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill(demonstrationPassword);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Conversations inbox' }).waitFor();
    await look(page, 'en-connexion');
    await page.locator('.ttl').first().click();
    await page.getByRole('link', { name: 'Activity' }).first().waitFor();
    await look(page, 'en-conversation');
    await context.close();
  });

  test('000-33 000-34 000-28: Jean’s list goes from 10 to 30 a page, to its last page and to the other order', async () => {
    const { page, context } = await here.open({ width: 1280, scripts: true, scheme: 'dark' });
    await signIn(page, 'jeand@courriel.example');
    await look(page, 'jean-connexion-sombre');
    await page.getByRole('link', { name: '30', exact: true }).click();
    await page.waitForURL(/taille=30/u);
    await page.getByRole('link', { name: 'Dernière' }).click();
    await page.waitForURL(/page=2/u);
    expect(await page.locator('tbody tr').count()).toBe(15);
    await page.getByRole('link', { name: 'Date de modification' }).click();
    await page.waitForURL(/ordre=ancien/u);
    await look(page, 'jean-connexion-ancien');
    await context.close();
  });

  test('000-48 G-1: once the clock has passed the expiry nobody reads the message any more, and the keys of those days are gone', async () => {
    const days = () => readdirSync(join(here.dataDir, 'keys')).filter((name) => /^\d{4}-\d\d-\d\d(\.key)?$/u.test(name));
    expect(days().length).toBeGreaterThan(10);
    const moved = await fetch(`${here.url}/demo/horloge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ avance: 'P1Y3D' }),
    });
    expect(moved.status).toBe(200);
    const { now } = (await moved.json()) as { now: string }; // the contract's shape
    expect(days().filter((name) => name < now.slice(0, 10)).length).toBeLessThanOrEqual(2);
    const { page, context } = await here.open({ width: 390, scripts: true });
    await signIn(page, 'jeand@courriel.example');
    await page.getByText('Conversation expirée').first().click();
    await page.getByText('Message expiré le').first().waitFor();
    await look(page, '390-expiree');
    await context.close();
  });
});

async function startConversation(page: Page, { name, title, to }: { name: string; title: string; to: string }): Promise<void> {
  await look(page, `${name}-1-liste-marie`);
  await page.getByRole('link', { name: 'Nouvelle conversation', exact: true }).click();
  await page.getByRole('combobox', { name: 'Titulaire' }).waitFor();
  await page.getByRole('textbox', { name: 'Titre' }).fill(title);
  await page.getByRole('textbox', { name: 'Participants' }).fill(to);
  await page.getByRole('textbox', { name: 'Message' }).fill(`Bonjour, le texte ${canary} est scellé.\n\nBien à vous.`);
  await page.getByLabel('Parcourir').setInputFiles({ name: `${canary}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`Contenu ${canary}`) });
  expect(await page.getByLabel('Expire le').inputValue()).toMatch(/^\d{4}-\d\d-\d\d$/u);
  await look(page, `${name}-2-nouvelle`);
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.getByRole('status').filter({ hasText: 'Succès' }).waitFor();
  await look(page, `${name}-3-conversation-marie`);
}

/** Somebody without an account: the notice, a code, a name, and the envelope in view. */
async function openAccount(page: Page, { link, address, name }: { link: string; address: string; name: string }): Promise<void> {
  await page.goto(link);
  await look(page, `${name}-4-porte`);
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(address);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('radio', { name: 'Recevoir un code par courriel' }).check();
  await look(page, `${name}-5-methode`);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  const { code } = await nextMail(here.url, { to: address, kind: 'code' });
  await page.getByRole('textbox', { name: 'Code' }).fill(code ?? '');
  await look(page, `${name}-6-code`);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('textbox', { name: 'Votre nom' }).fill('Nadia Roy');
  await look(page, `${name}-7-nom`);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('button', { name: 'Ouvrir' }).waitFor();
}

async function readAndAnswer(page: Page, { name, title }: { name: string; title: string }): Promise<void> {
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await look(page, `${name}-8-enveloppe`);
  expect(await page.content()).not.toContain('est scellé.');
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByText('est scellé.').waitFor();
  await look(page, `${name}-9-ouvert`);
  await looksRightOnPaper(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: `${canary}.txt` }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`${canary}.txt`);
  expect(readFileSync(await file.path(), 'utf8')).toBe(`Contenu ${canary}`);
  await page.getByText('Afficher un message').click();
  await page.getByRole('textbox', { name: 'Message' }).fill(`Merci, bien reçu. ${canary}`);
  // At the end of the page the bar at the bottom of a phone lies over nothing.
  if (!name.includes('sans-scripts')) await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await look(page, `${name}-10-reponse`);
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.getByRole('status').filter({ hasText: 'Succès' }).waitFor();
}

/** Who reads it and what it says, without what can only be pressed. */
async function looksRightOnPaper(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText('Confidentiel. Imprimé le').isVisible()).toBe(true);
  expect(await page.locator('.people-fold').getByText('marie.unetelle').isVisible()).toBe(true);
  expect(await page.locator('.msg .meta').first().innerText()).toMatch(/Titulaire.*Expéditeur.*Envoyé.*Expire/su);
  expect(await page.getByRole('button', { name: 'Afficher un message' }).isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
}

async function findAnswer(page: Page, { name, title }: { name: string; title: string }): Promise<void> {
  await page.goto('/connexion');
  const row = page.getByRole('row').filter({ hasText: title });
  expect(await row.getByText('Non lu').count()).toBe(1);
  await look(page, `${name}-11-liste-non-lu`);
  await row.getByRole('link', { name: title, exact: true }).click();
  await page.getByRole('button', { name: 'Ouvrir' }).click();
  await page.getByText('Merci, bien reçu.').waitFor();
  await page.getByRole('link', { name: 'Activités' }).click();
  await page.getByRole('heading', { name: 'Activités des conversations' }).waitFor();
  const lines = await page.getByRole('row').allInnerTexts();
  for (const line of ['Conversation créée', 'Message 1 affiché', 'Message 1 ouvert', 'téléchargé', 'Message 2 affiché', 'Message 2 ouvert']) {
    expect(
      lines.filter((text) => text.includes(line)),
      line,
    ).toHaveLength(1);
  }
  await look(page, `${name}-12-activites`);
  for (const column of ['Nom', 'Activité', 'Date']) await page.getByRole('link', { name: column }).first().click();
}
