import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { projectRoot } from '../../src/platform/project-root.ts';
import { chromiumPath } from './chromium.ts';
import { followPage } from './open-pages.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({ ...(chromiumPath ? { executablePath: chromiumPath } : {}), headless: true, args: flags });
}

export type Screen = { width: number; scripts: boolean; scheme?: 'light' | 'dark'; locale?: string };

/** A person's browser: a context of its own, with its cookies. What the page complains of is collected in `complaints`. */
export async function openBrowser(browser: Browser, baseURL: string, screen: Screen): Promise<{ context: BrowserContext; page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: screen.width, height: screen.width < 600 ? 844 : 900 },
    javaScriptEnabled: screen.scripts,
    colorScheme: screen.scheme ?? 'light',
    locale: screen.locale ?? 'fr-CA',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  followPage(page, complaints);
  return { context, page, complaints };
}

/** Every rule of axe for WCAG 2.0 to 2.2, A and AA, and its best practices; what it finds, in a line each. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const window = page.viewportSize();
  const height = Number(await page.evaluate('document.documentElement.scrollHeight'));
  // In a window as tall as the page, the phone's bar lies over no link; somebody who scrolls finds each of them free.
  if (window) await page.setViewportSize({ width: window.width, height: Math.max(window.height, height) });
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  if (window) await page.setViewportSize(window);
  return violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(' | ')}`);
}

/**
 * The same for a page whose scripts are off, where axe cannot run: what the person has on the screen, word for word, is shown in a browser that
 * runs axe and none of the page's own scripts.
 */
export async function accessibilityFaultsWithoutScripts(page: Page): Promise<string[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('A page without its browser');
  const colorScheme = (await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")) ? 'dark' : 'light';
  const context = await browser.newContext({ viewport: page.viewportSize(), colorScheme });
  try {
    const twin = await context.newPage();
    const body = (await page.content()).replaceAll(/<script\b[^>]*><\/script>/gu, '');
    await twin.route(page.url(), (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
    await twin.goto(page.url());
    return await accessibilityFaults(twin);
  } finally {
    await context.close();
  }
}

/** Whether something makes the page scroll sideways. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

const screensFolder = join(projectRoot(), 'tests', 'screens');

/** Keeps a picture of the whole page under `tests/screens/`, to be looked at. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(screensFolder, { recursive: true });
  await page.screenshot({ path: join(screensFolder, `${name}.png`), fullPage: true });
}
