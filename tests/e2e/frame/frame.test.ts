import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accessibilityFaults, launchChromium, openBrowser, overflows } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { type FrameSite, serveFrame } from './serve-frame.ts';
import { writingPages } from './writing-pages.tsx';

// The frame alone, in a browser: what scripts add to it, and what is left without them.
const { routes, received } = writingPages();
let browser: Browser;
let site: FrameSite;

beforeAll(async () => {
  site = await serveFrame(routes);
  if (chromiumPath) browser = await launchChromium();
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});

describe.skipIf(!chromiumPath)('the frame in a browser', () => {
  let page: Page;
  let complaints: string[];
  let close: () => Promise<void>;

  beforeEach(async () => {
    const opened = await openBrowser(browser, site.signedIn, { width: 1280, scripts: true });
    ({ page, complaints } = opened);
    close = () => opened.context.close();
    await page.goto('/fil');
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await close();
  });

  test('a refused form says what is wrong, brings the focus there, and keeps what was typed', async () => {
    await page.getByRole('button', { name: 'Afficher un message' }).click();
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByRole('link', { name: 'Écrivez un message.' }).waitFor();
    expect(await page.locator('[data-error-summary]').evaluate((summary) => summary === summary.ownerDocument.activeElement)).toBe(true);
    await page.getByLabel('Message', { exact: true }).fill('Cette fois');
    await page.getByRole('button', { name: 'Soumettre' }).click();
    await page.getByRole('status').filter({ hasText: 'À savoir' }).waitFor();
    expect(received.at(-1)).toBe('Cette fois +0');
    complaints.length = 0; // the browser reports the 422 itself
  });

  test('a page fetched again keeps what is being written, and changes the rest', async () => {
    await page.getByRole('button', { name: 'Afficher un message' }).click();
    await page.getByLabel('Message', { exact: true }).fill('Un début');
    const before = Number(await page.locator('#visites').innerText());
    await page.evaluate('Turbo.session.refresh(location.href)');
    await expect.poll(async () => Number(await page.locator('#visites').innerText())).toBeGreaterThan(before);
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('Un début');
  });

  test('leaving a page where something is written is asked first; sending it is not', async () => {
    await page.getByRole('button', { name: 'Afficher un message' }).click();
    await page.getByLabel('Message', { exact: true }).fill('Ne me perdez pas');
    const questions: string[] = [];
    page.once('dialog', (dialog) => {
      questions.push(dialog.message());
      return dialog.dismiss();
    });
    await page.getByRole('link', { name: 'Annuler' }).click();
    await expect.poll(() => questions).toEqual(['Ce que vous avez écrit n’est pas envoyé. Quitter cette page?']);
    expect(page.url()).toContain('/fil');
    const count = received.length;
    await page.getByRole('button', { name: 'Soumettre' }).dblclick();
    await page.getByRole('status').waitFor();
    expect(received.slice(count)).toEqual(['Ne me perdez pas +0']);
    expect(await page.getByLabel('Message', { exact: true }).inputValue()).toBe('');
  });

  test('001-19: the name menu is a button that says whether it is open; Escape closes it and gives the focus back', async () => {
    const name = page.getByRole('button', { name: 'Jean Dubé', exact: true });
    expect(await name.getAttribute('aria-expanded')).toBe('false');
    await name.click();
    await expect.poll(() => name.getAttribute('aria-expanded')).toBe('true');
    expect(await page.getByRole('button', { name: 'Déconnexion' }).isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: 'Déconnexion' }).isVisible()).toBe(false);
    expect(await name.evaluate((summary) => summary === summary.ownerDocument.activeElement)).toBe(true);
  });

  test('the appearance chosen holds on the next pages', async () => {
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await ground();
    await page.getByRole('button', { name: 'Jean Dubé', exact: true }).click();
    await page.getByRole('button', { name: 'Sombre' }).click();
    await expect.poll(ground).not.toBe(light);
    await page.getByRole('link', { name: 'Aide', exact: true }).first().click();
    await page.waitForURL('**/aide');
    expect(await ground()).toBe('rgb(16, 24, 26)');
  });

  test('a password is judged while it is typed, and shown on demand', async () => {
    await page.getByRole('button', { name: 'Afficher un message' }).click();
    await page.getByLabel('Mot de passe').fill('quinze signes é');
    expect(await page.locator('password-rules').innerText()).toContain('respectée');
    await page.getByRole('button', { name: 'Montrer' }).click();
    expect(await page.getByLabel('Mot de passe').getAttribute('type')).toBe('text');
  });
});

describe.skipIf(!chromiumPath)('the frame on any screen', () => {
  test('002-01: «Se connecter» is in sight at 320 px and at 200 % zoom', async () => {
    for (const width of [320, 640]) {
      const { page, context } = await openBrowser(browser, site.unknown, { width, scripts: false });
      await page.setViewportSize({ width, height: 360 });
      await page.goto('/');
      const box = await page.getByRole('link', { name: 'Se connecter' }).first().boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= 360 && box.x + box.width <= width).toBe(true);
      expect(await overflows(page)).toBe(false);
      await context.close();
    }
  });

  test('pages without a person pass every automatic rule, wide and narrow, light and dark, and never scroll sideways', async () => {
    for (const screen of [
      { width: 1280, scheme: 'dark' },
      { width: 320, scheme: 'light' },
    ] as const) {
      const { page, context } = await openBrowser(browser, site.unknown, { ...screen, scripts: true });
      for (const path of ['/', '/aide', '/aide/connexion', '/absente']) {
        await page.goto(path);
        expect([path, await accessibilityFaults(page), await overflows(page)]).toEqual([path, [], false]);
      }
      await context.close();
    }
  });

  test('a first visit is five requests and less than 100 kB, the font included', async () => {
    const { page, context } = await openBrowser(browser, site.unknown, { width: 1280, scripts: true });
    let bytes = 0;
    let requests = 0;
    const network = await context.newCDPSession(page);
    network.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
      requests += 1;
    });
    await network.send('Network.enable');
    await page.goto('/', { waitUntil: 'networkidle' });
    expect(requests).toBeLessThanOrEqual(8);
    expect(bytes).toBeLessThan(100_000);
    await context.close();
  });
});
