import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { picture, type Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, look as lookAt, signIn } from '../../support/demonstration.ts';
import { startWith } from '../live/people-online.ts';

const here = demonstration();
const contexts: BrowserContext[] = [];
const screen: Screen = { width: 1280, scripts: true };
const jean = 'jeand@courriel.example';
let conversation: string;
let number = 0;

/** A conversation that Marie has just started with Jean. */
beforeEach(async () => {
  if (!chromiumPath) return;
  number += 1;
  const { page, context } = await person('marie.unetelle@innovactione.example');
  await startWith(page, `Brouillons ${number}`, jean);
  await context.close();
});
afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

async function person(address: string, how: Screen = screen) {
  const opened = await here.open(how);
  contexts.push(opened.context);
  await signIn(opened.page, address);
  return opened;
}

/** Jean on the conversation, on a device of his own. */
async function device(how: Screen = screen) {
  const opened = await person(jean, how);
  await opened.page.getByRole('link', { name: `Brouillons ${number}`, exact: true }).click();
  await opened.page.getByRole('heading', { level: 1, name: `Brouillons ${number}` }).waitFor();
  conversation = opened.page.url();
  return opened;
}

const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
/** What the form would send, whether the editor is there or not. */
const text = (page: Page) => page.locator('textarea[name=message]').inputValue();
const line = (page: Page) => page.locator('draft-line [data-line]');
const saved = (page: Page) =>
  line(page)
    .filter({ hasText: /Brouillon enregistré à \d\d:\d\d/u })
    .waitFor();

/** The line may still tell of the saving before: what counts is what another device finds. */
async function foundOn(page: Page, words: string): Promise<void> {
  const found = async () => {
    await page.reload();
    return text(page);
  };
  await expect.poll(found, { timeout: 20_000, interval: 500 }).toBe(words);
}

async function write(page: Page, text: string): Promise<void> {
  if (!(await message(page).isVisible())) await page.getByRole('button', { name: 'Afficher un message' }).click();
  await message(page).fill(text);
}

async function look(page: Page, name: string): Promise<void> {
  await lookAt(page, `brouillon-${name}`);
}

/** What the page asks before it is left; it is then left or not, as said. */
function questions(page: Page, leave: boolean): string[] {
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void (leave ? dialog.accept() : dialog.dismiss());
  });
  return asked;
}

describe.skipIf(!chromiumPath)('drafts', () => {
  test('000-Y3: what is typed is saved by itself, found on another device, and gone once posted', async () => {
    const { page, complaints } = await device();
    await write(page, 'Bonjour Marie, voici ce que je pense');
    await saved(page);
    expect(await page.getByRole('button', { name: 'Garder comme brouillon' }).count()).toBe(0);
    const requests: string[] = [];
    page.on('request', (request) => request.url().includes('/brouillon') && requests.push(request.url()));
    for (const word of [' de', ' cette', ' offre', '.']) await message(page).pressSequentially(word);
    await expect.poll(() => requests.length, { timeout: 10_000 }).toBe(1);
    await saved(page);
    await look(page, '1280-enregistré');

    const phone = await device({ width: 390, scripts: true, scheme: 'dark' });
    await message(phone.page).waitFor();
    await foundOn(phone.page, 'Bonjour Marie, voici ce que je pense de cette offre.');
    await phone.page.getByText('Voici votre brouillon, enregistré le').waitFor();
    await look(phone.page, '390-retrouvé-sombre');
    await phone.page.goto('/connexion');
    expect(
      await phone.page
        .getByRole('row')
        .filter({ hasText: `Brouillons ${number}` })
        .getByText('Brouillon', { exact: true })
        .count(),
    ).toBe(1);
    await look(phone.page, '390-liste-sombre');
    await phone.page.goto(conversation);
    await phone.page.getByRole('button', { name: 'Soumettre' }).click();
    await phone.page.getByRole('status').filter({ hasText: 'Succès' }).waitFor();
    await page.reload();
    expect(await page.locator('details.compose').getAttribute('open')).toBeNull();
    expect([...complaints, ...phone.complaints]).toEqual([]);
  });

  test('leaving is asked only while something typed is not saved; a page closed at once has saved its last word', async () => {
    const { page, context } = await device();
    const asked = questions(page, true);
    await write(page, 'Enregistré');
    await saved(page);
    await page.getByRole('link', { name: 'Activités' }).first().click();
    await page.getByRole('heading', { name: 'Activités des conversations' }).waitFor();
    expect(asked).toEqual([]);
    await page.goto(conversation);
    await context.route('**/brouillon?*', (route) => route.abort());
    await message(page).fill('Pas enregistré');
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await context.unroute('**/brouillon?*');
    // The last word of a page that leaves is on its way while the next one loads.
    const reloaded = async () => {
      await page.goto(conversation);
      return text(page);
    };
    await expect.poll(reloaded, { timeout: 10_000 }).toBe('Pas enregistré');
    await message(page).fill('Dernier mot');
    const closing = page.waitForRequest((request) => request.url().includes('/brouillon')).catch(() => undefined);
    await page.close({ runBeforeUnload: true });
    await closing;
    const other = await device();
    await foundOn(other.page, 'Dernier mot');
  });

  test('with the network down the line says so and keeps trying; nothing is lost', async () => {
    const { page, context } = await device();
    await write(page, 'Avant la coupure');
    await saved(page);
    await context.setOffline(true);
    await message(page).fill('Pendant la coupure');
    await line(page).filter({ hasText: 'Brouillon non enregistré : Pli ne répond pas.' }).waitFor();
    await look(page, '1280-coupé');
    await context.setOffline(false);
    await saved(page);
    const other = await device();
    await foundOn(other.page, 'Pendant la coupure');
  });

  test('two tabs on one draft: the later is told, neither is lost, and one is chosen', async () => {
    const desk = await device();
    const tab = await desk.context.newPage();
    await tab.goto(conversation);
    await write(desk.page, 'Écrit au bureau');
    await saved(desk.page);
    await write(tab, 'Écrit dans l’onglet');
    await tab.getByText('Ce brouillon a été modifié ailleurs. Votre version est gardée à part').waitFor();
    await look(tab, '1280-ailleurs');
    await tab.getByRole('button', { name: 'Garder la mienne' }).click();
    await tab.getByText('Ce brouillon a été modifié ailleurs').waitFor({ state: 'hidden' });
    await message(tab).fill('Écrit dans l’onglet, suite');
    const phone = await device({ width: 390, scripts: true });
    await foundOn(phone.page, 'Écrit dans l’onglet, suite');
    await phone.page.getByText('Une autre version, enregistrée le').waitFor();
    await phone.page.getByText('Voir l’autre version').click();
    await phone.page.getByText('Écrit au bureau').waitFor();
    await look(phone.page, '390-deux-versions');
    await phone.page.getByRole('button', { name: 'Prendre cette version' }).click();
    await expect.poll(() => text(phone.page), { timeout: 10_000 }).toBe('Écrit au bureau');
  });

  test('a draft is thrown away once it is confirmed, and does not come back', async () => {
    const { page } = await device();
    const asked = questions(page, true);
    await write(page, 'À jeter');
    await saved(page);
    await page.getByText('Supprimer le brouillon').click();
    await look(page, '1280-supprimer');
    await page.getByRole('button', { name: 'Supprimer définitivement' }).click();
    await page.getByRole('status').filter({ hasText: 'Le brouillon est supprimé.' }).waitFor();
    await page.reload();
    expect(await page.locator('details.compose').getAttribute('open')).toBeNull();
    expect(asked).toEqual([]);
  });

  test('without scripts the button keeps it, with its document, and the page gives it back', async () => {
    const { page } = await device({ width: 390, scripts: false });
    await page.getByText('Afficher un message').click();
    await message(page).fill('Sans scripts');
    await page.getByLabel('Parcourir').setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('plan') });
    await page.getByRole('button', { name: 'Garder comme brouillon' }).click();
    await page.getByText('Votre brouillon est gardé 30 jours.').waitFor();
    expect(await text(page)).toBe('Sans scripts');
    expect(await page.getByRole('checkbox', { name: 'plan.txt' }).isChecked()).toBe(true);
    await picture(page, 'brouillon-390-sans-scripts');
    const other = await device();
    expect(await text(other.page)).toBe('Sans scripts');
    await other.page.getByText('plan.txt').first().waitFor();
  });

  test('10 MB in the message: it stays on the page, is not sent, and the sentence says what to do', async () => {
    const { page } = await device();
    await write(page, 'x');
    await saved(page);
    await page.evaluate(
      "const area = document.querySelector('textarea[name=message]'); area.value = 'é'.repeat(5 * 1024 * 1024); area.dispatchEvent(new Event('input', { bubbles: true }))",
    );
    await line(page).filter({ hasText: 'beaucoup trop long pour un message' }).waitFor();
    await page.getByRole('button', { name: 'Soumettre' }).click();
    expect((await text(page)).length).toBe(5 * 1024 * 1024);
    expect((await fetch(`${here.url}/health/ready`)).status).toBe(200);
  });

  test('a new conversation is kept too, in English, and the list leads back to it', async () => {
    const { page, context } = await here.open({ width: 1280, scripts: true, locale: 'en-CA', scheme: 'dark' });
    contexts.push(context);
    await page.goto('/ouvrir-une-session');
    await page.getByRole('textbox', { name: 'Username' }).fill('paul.tremblay@innovactione.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill('Pli-demonstration-2026');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Conversations inbox' }).waitFor();
    await page.goto('/connexion/nouvelle');
    await page.locator('#titre').fill('Quarterly statement');
    await page.locator('#participants').fill(jean);
    await line(page)
      .filter({ hasText: /Draft saved at \d\d:\d\d/u })
      .waitFor();
    await look(page, '1280-en-nouvelle-sombre');
    await page.goto('/connexion');
    await page.getByText('Draft in progress').waitFor();
    await look(page, '1280-en-liste-sombre');
    await page.getByRole('link', { name: 'resume the new conversation' }).click();
    await expect.poll(() => page.locator('#titre').inputValue(), { timeout: 10_000 }).toBe('Quarterly statement');
  });
});
