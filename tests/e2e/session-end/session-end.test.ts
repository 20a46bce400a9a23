import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { picture, type Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, look as lookAt, signIn } from '../../support/demonstration.ts';

const here = demonstration();
const contexts: BrowserContext[] = [];
const staff = 'marie.unetelle@innovactione.example';

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

async function person(address: string, how: Screen = { width: 1280, scripts: true }) {
  const opened = await here.open(how);
  contexts.push(opened.context);
  await signIn(opened.page, address);
  return opened;
}

/** Time passes, sessions included. */
async function pass(duration: string): Promise<void> {
  const moved = await fetch(`${here.url}/demo/horloge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ avance: duration, sessions: true }),
  });
  expect(moved.status).toBe(200);
}

/** What a browser does when a tab is shown again, or the machine wakes. */
const wake = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
const banner = (page: Page) => page.locator('session-end');
const message = (page: Page) => page.getByRole('textbox', { name: 'Message' });
/** What the form would send, whether the editor is there or not. */
const text = (page: Page) => page.locator('textarea[name=message]').inputValue();

/** Types, and waits for the answer to the saving. */
async function write(page: Page, text: string): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.url().includes('/brouillon'));
  await message(page).fill(text);
  return (await answered).status();
}

async function start(page: Page, text: string): Promise<void> {
  await page.goto('/connexion/nouvelle');
  await write(page, text);
  await page.locator('draft-line [data-line]').filter({ hasText: 'Brouillon enregistré à' }).waitFor();
}

async function look(page: Page, name: string): Promise<void> {
  await page.evaluate('scrollTo(0, 0)');
  await lookAt(page, `session-${name}`);
}

async function enterPassword(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(staff);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('radio', { name: 'Utiliser le mot de passe' }).check();
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill('Pli-demonstration-2026');
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

describe.skipIf(!chromiumPath)('the end of a session', () => {
  test('S-15: is announced two minutes before, in every tab, without taking the focus; «Rester connecté» puts it off in all', async () => {
    const { page, context, complaints } = await person(staff);
    await start(page, 'Une phrase');
    const other = await context.newPage();
    await other.goto('/connexion');
    await message(page).focus();
    await pass('PT27M30S');
    await wake(page);
    expect(await banner(page).isVisible()).toBe(false);
    await pass('PT1M');
    await wake(page);
    await banner(page)
      .getByText(/Sans activité, votre session se ferme dans 1:\d\d\. Vos brouillons sont gardés\./u)
      .waitFor();
    await banner(other)
      .getByText(/se ferme dans 1:\d\d/u)
      .waitFor();
    expect(await banner(page).getByRole('status').textContent()).toMatch(/se ferme dans 2 minutes/u);
    expect(await page.evaluate('document.activeElement.closest("form") !== null')).toBe(true);
    await look(page, '1280-annoncée');
    await page.getByRole('button', { name: 'Rester connecté' }).click();
    await banner(page).waitFor({ state: 'hidden' });
    await banner(other).waitFor({ state: 'hidden' });
    await pass('PT20M');
    await page.reload();
    expect(await page.getByRole('heading', { name: 'Nouvelle conversation' }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('S-15: a screen that refreshes itself is no activity; saving a draft is', async () => {
    const { page } = await person(staff);
    await start(page, 'Autre chose');
    await pass('PT20M');
    expect(await write(page, 'Une phrase de plus')).toBe(200);
    await pass('PT20M');
    await wake(page);
    await page.waitForResponse((answer) => answer.url().endsWith('/session'));
    expect(await banner(page).isVisible()).toBe(false);
    for (const part of ['PT5M', 'PT3M30S']) {
      await pass(part);
      await wake(page);
      await page.evaluate("fetch(location.href, { headers: { 'Pli-Live': 'refresh' } }).then((answer) => answer.text())");
    }
    await banner(page)
      .getByText(/se ferme dans \d:\d\d/u)
      .waitFor();
    await pass('PT2M');
    await wake(page);
    await banner(page).getByText('Votre session s’est fermée. Votre brouillon est gardé. Reconnectez-vous pour continuer.').first().waitFor();
  });

  test('000-Y3: ended while writing, the page says so, what is typed afterwards is kept too, and it is all there after signing in again', async () => {
    const { page, complaints } = await person(staff, { width: 390, scripts: true, scheme: 'dark' });
    await start(page, 'Avant la fin');
    await pass('PT31M');
    await wake(page);
    await banner(page).getByText('Votre session s’est fermée. Votre brouillon est gardé.').first().waitFor();
    await look(page, '390-fermée-sombre');
    expect(await write(page, 'Avant la fin, et après')).toBe(401);
    await page.locator('draft-line [data-line]').filter({ hasText: 'Votre brouillon est gardé' }).waitFor();
    await page.getByRole('link', { name: 'Se reconnecter' }).click();
    await enterPassword(page);
    await page.getByRole('heading', { name: 'Nouvelle conversation' }).waitFor();
    expect(await text(page)).toBe('Avant la fin, et après');
    // The browser tells of each answer that is not a success: the session that is over is one.
    expect(complaints.filter((line) => !line.includes('401'))).toEqual([]);
  });

  test('S-15: the longest duration cannot be put off: the page says so, and offers to sign in again', async () => {
    const { page } = await person('jeand@courriel.example');
    await pass('P29DT23H58M30S');
    await wake(page);
    await banner(page)
      .getByText(/arrive à sa durée maximale et se ferme dans 1:\d\d/u)
      .waitFor();
    expect(await page.getByRole('button', { name: 'Rester connecté' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Se reconnecter' }).getAttribute('href')).toBe('/ouvrir-une-session?retour=%2Fconnexion');
    await look(page, '1280-durée');
  });

  test('is said in English', async () => {
    const { page, context } = await here.open({ width: 390, scripts: true, locale: 'en-CA' });
    contexts.push(context);
    await page.goto('/ouvrir-une-session');
    await page.getByRole('textbox', { name: 'Username' }).fill('paul.tremblay@innovactione.example');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('textbox', { name: 'Password' }).fill('Pli-demonstration-2026');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Conversations inbox' }).waitFor();
    await pass('PT28M45S');
    await wake(page);
    await page.getByRole('button', { name: 'Stay signed in' }).waitFor();
    await look(page, '390-en-annoncée');
  });

  test('000-Y3: without scripts a form sent too late leads to the sign-in page and back, with what was typed', async () => {
    const { page } = await person(staff, { width: 1280, scripts: false });
    await page.goto('/connexion/nouvelle');
    await message(page).fill('Sans scripts');
    await pass('PT31M');
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByText('Votre brouillon est gardé').waitFor();
    await enterPassword(page);
    await page.getByRole('heading', { name: 'Nouvelle conversation' }).waitFor();
    expect(await text(page)).toBe('Sans scripts');
    await picture(page, 'session-1280-sans-scripts');
  });
});
