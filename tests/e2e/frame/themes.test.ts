import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { componentRoutes } from '#web/demo/components-routes.tsx';
import { accessibilityFaults, launchChromium, openBrowser, overflows, picture } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { contrastOf } from './contrast.ts';
import { type FrameSite, serveFrame } from './serve-frame.ts';

// Every component in all its states, in every way a person or their machine may ask to see it.
let browser: Browser;
let site: FrameSite;
let context: BrowserContext;

beforeAll(async () => {
  if (!chromiumPath) return;
  [site, browser] = await Promise.all([serveFrame(componentRoutes()), launchChromium()]);
});
afterAll(async () => {
  await browser?.close();
  site?.close();
});
afterEach(() => context?.close());

type Wish = { name: string; width?: number; scheme: 'light' | 'dark'; more?: boolean; chosen?: 'light' | 'dark'; locale?: string };

async function components(wish: Wish): Promise<Page> {
  const opened = await openBrowser(browser, site.signedIn, {
    width: wish.width ?? 1280,
    scripts: true,
    scheme: wish.scheme,
    ...(wish.locale ? { locale: wish.locale } : {}),
  });
  ({ context } = opened);
  if (wish.chosen) await context.addCookies([{ name: 'pli-apparence', value: wish.chosen, url: site.signedIn }]);
  await opened.page.emulateMedia({ contrast: wish.more ? 'more' : 'no-preference' });
  await opened.page.goto('/demo/composants');
  return opened.page;
}

const wishes: Wish[] = [
  { name: 'light', scheme: 'light' },
  { name: 'dark', scheme: 'dark' },
  { name: 'dark, chosen on a machine that prefers light', scheme: 'light', chosen: 'dark' },
  { name: 'light, chosen on a machine that prefers dark', scheme: 'dark', chosen: 'light' },
];

/** Foregrounds, the grounds they stand on, and the least ratio (WCAG 2.2: 1.4.3 for text, 1.4.11 for the edges of controls; ours is 7 for body text). */
const pairs: [fore: string, grounds: string[], least: number][] = [
  ['ink', ['paper', 'surface', 'sunken', 'brand-soft', 'kraft', 'seal-soft', 'danger-soft', 'success-soft'], 7],
  ['ink', ['kraft-2'], 4.5],
  ['ink-2', ['paper', 'surface', 'sunken', 'brand-soft'], 4.5],
  ['brand', ['paper', 'surface', 'brand-soft'], 4.5],
  ['on-brand', ['brand', 'brand-hover'], 4.5],
  ['on-deep', ['brand-deep', 'brand-deep-2'], 4.5],
  ['seal', ['seal-soft'], 4.5],
  ['on-wax', ['wax'], 4.5],
  ['danger', ['paper', 'surface', 'danger-soft'], 4.5],
  ['success', ['surface', 'success-soft'], 4.5],
  ['talk', ['surface', 'paper'], 4.5],
  ['edge', ['paper', 'surface'], 3],
  ['wax', ['kraft'], 3],
  ['focus', ['paper', 'surface', 'brand-soft', 'kraft'], 3],
];

describe.skipIf(!chromiumPath)('every component', () => {
  test.each(wishes)('the colours of the theme keep their contrasts: $name', async (wish) => {
    const page = await components(wish);
    const dark = (wish.chosen ?? wish.scheme) === 'dark';
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(dark ? 'rgb(16, 24, 26)' : 'rgb(245, 242, 234)');
    expect(await tooFaint(page, pairs)).toEqual([]);
    await page.emulateMedia({ contrast: 'more' });
    expect(await tooFaint(page, [...pairs, ['ink-2', ['paper', 'surface', 'sunken', 'brand-soft'], 7], ['line', ['paper', 'surface'], 3]])).toEqual([]);
  });

  test.each<Wish>([
    { name: 'wide, light', scheme: 'light' },
    { name: 'wide, dark, in English', scheme: 'dark', locale: 'en-CA' },
    { name: 'narrow, light, with more contrast', width: 390, scheme: 'light', more: true },
    { name: 'narrow, dark, with more contrast', width: 390, scheme: 'dark', more: true },
  ])('passes every automatic rule and does not scroll sideways: $name', async (wish) => {
    const page = await components(wish);
    expect([await accessibilityFaults(page), await overflows(page)]).toEqual([[], false]);
    await picture(page, `composants-${wish.name.replaceAll(/\W+/gu, '-')}`);
  });

  test('does not scroll sideways at 320 px', async () => {
    expect(await overflows(await components({ name: '320', width: 320, scheme: 'light' }))).toBe(false);
  });

  test('under forced colours every drawing has the colour of the text beside it, and what is chosen is outlined', async () => {
    const page = await components({ name: 'forced', scheme: 'dark' });
    await page.emulateMedia({ forcedColors: 'active' });
    const own = await page
      .locator('main .i')
      .evaluateAll((drawings) =>
        drawings
          .filter((icon) => icon.parentElement && getComputedStyle(icon).color !== getComputedStyle(icon.parentElement).color)
          .map((icon) => icon.outerHTML),
      );
    expect(own).toEqual([]);
    for (const chosen of ['.way:has(:checked)', '.personas a[aria-current]', '.pager a[aria-current]']) {
      expect([
        chosen,
        await page
          .locator(chosen)
          .first()
          .evaluate((element) => getComputedStyle(element).outlineStyle),
      ]).toEqual([chosen, 'solid']);
    }
    for (const framed of ['.btn--go', '.tag--unread', '.bub', '.env', '.letter', '.count']) {
      expect([
        framed,
        await page
          .locator(`main ${framed}`)
          .first()
          .evaluate((element) => getComputedStyle(element).borderTopStyle),
      ]).not.toEqual([framed, 'none']);
    }
  });

  test('whoever asks for less movement sees none', async () => {
    const page = await components({ name: 'still', scheme: 'light' });
    const moving = () =>
      page.locator('main *').evaluateAll(
        (all) =>
          all.filter((element) => {
            const { transitionDuration, animationName } = getComputedStyle(element);
            return transitionDuration.split(', ').some((time) => Number.parseFloat(time) > 0) || animationName !== 'none';
          }).length,
      );
    expect(await moving()).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await moving()).toBe(0);
  });

  test('on paper: black on white whatever the theme, without buttons, bars or forms to fill in', async () => {
    const page = await components({ name: 'paper', scheme: 'dark', chosen: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(
      await tooFaint(page, [
        ['ink', ['paper', 'surface', 'brand-soft', 'kraft', 'kraft-2'], 20],
        ['ink-2', ['paper', 'surface', 'kraft'], 7],
      ]),
    ).toEqual([]);
    for (const hidden of ['.btn', '.pager', '.compose', '.personas', '.toasts', '.top', '.bottom', '.side']) {
      expect([hidden, await page.locator(`${hidden}:visible`).count()]).toEqual([hidden, 0]);
    }
    expect(await page.locator('.print-only').innerText()).toContain('Confidentiel. Imprimé le');
    expect(await page.locator('.env').first().innerText()).toContain('non ouvert');
  });
});

/** The pairs under their ratio, as the page computes their colours. */
async function tooFaint(page: Page, asked: typeof pairs): Promise<string[]> {
  const colours = await page.evaluate(
    (names) => {
      const style = getComputedStyle(document.documentElement);
      return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    },
    [...new Set(asked.flatMap(([fore, grounds]) => [fore, ...grounds]))],
  );
  return asked.flatMap(([fore, grounds, least]) =>
    grounds.flatMap((ground) => {
      const ratio = contrastOf(colours[fore] ?? '', colours[ground] ?? '');
      return ratio >= least ? [] : [`${fore} on ${ground}: ${ratio.toFixed(2)} < ${least}`];
    }),
  );
}
