import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { demonstrationPassword } from '#domain/demonstration/api.ts';
import { accessibilityFaults, accessibilityFaultsWithoutScripts, launchChromium, openBrowser, overflows, picture, type Screen } from './browsing.ts';
import { chromiumPath } from './chromium.ts';
import { newDataFolder, removeFolder, type StartedPli, startPli } from './started-pli.ts';

/** A started demonstration with a Chromium, for all the tests of a file; neither where there is no Chromium, and its tests are skipped. */
export function demonstration() {
  const dataDir = newDataFolder();
  let pli: StartedPli;
  let browser: Browser;
  beforeAll(async () => {
    if (!chromiumPath) return;
    [pli, browser] = await Promise.all([startPli({ dataDir, env: { PLI_DEMO: 'on' } }), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await pli?.stop();
    removeFolder(dataDir);
  });
  return {
    dataDir,
    get url() {
      return pli.url;
    },
    printed: () => pli.output(),
    /** Somebody's browser, on no page yet. */
    open: (screen: Screen) => openBrowser(browser, pli.url, screen),
  };
}

/** Signs in by the password of the demonstration; the page is then on the list. */
export async function signIn(page: Page, address: string): Promise<void> {
  await page.goto('/ouvrir-une-session');
  await page.getByRole('textbox', { name: 'Identifiant' }).fill(address);
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('radio', { name: 'Utiliser le mot de passe' }).check();
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(demonstrationPassword);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await page.getByRole('heading', { name: 'Boîte de conversations' }).waitFor();
}

/** Waits for «Succès», with a piece of its sentence where it is known. */
export async function succeeded(page: Page, sentence = ''): Promise<void> {
  await page.getByRole('status').filter({ hasText: 'Succès' }).filter({ hasText: sentence }).waitFor();
}

/** Keeps a picture of the page; axe finds nothing in it, and nothing makes it scroll sideways. `sans-scripts` in its name: its scripts are off. */
export async function look(page: Page, name: string): Promise<void> {
  await picture(page, name);
  const faults = name.includes('sans-scripts') ? accessibilityFaultsWithoutScripts(page) : accessibilityFaults(page);
  expect(await faults, name).toEqual([]);
  expect(await overflows(page), `${name} scrolls sideways`).toBe(false);
}
