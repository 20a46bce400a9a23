import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import type { openBrowser, Screen } from '../../support/browsing.ts';
import { chromiumPath } from '../../support/chromium.ts';
import { demonstration, signIn } from '../../support/demonstration.ts';
import { startWith } from '../live/people-online.ts';

export const jeanAddress = 'jeand@courriel.example';
export const marieAddress = 'marie.unetelle@innovactione.example';

type Opened = Awaited<ReturnType<typeof openBrowser>>;

/** A started Pli for a file of tests; for each test, Marie on a conversation she has just started with Jean. */
export function writingPeople() {
  const here = demonstration();
  const contexts: BrowserContext[] = [];
  let number = 0;
  const now: { marie: Page; complaints: string[]; title: string } = Object.create(null); // filled before each test

  beforeEach(async () => {
    if (!chromiumPath) return;
    number += 1;
    now.title = `Mise en forme ${number}`;
    const opened = await signedIn(marieAddress);
    now.marie = opened.page;
    now.complaints = opened.complaints;
    await startWith(now.marie, now.title, jeanAddress);
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
  });

  async function browse(screen: Partial<Screen> = {}): Promise<Opened> {
    const opened = await here.open({ width: 1280, scripts: true, ...screen });
    contexts.push(opened.context);
    return opened;
  }

  async function signedIn(address: string, screen: Partial<Screen> = {}): Promise<Opened> {
    const opened = await browse(screen);
    await signIn(opened.page, address);
    return opened;
  }

  async function toConversation(page: Page): Promise<void> {
    await page.goto('/connexion');
    await page.getByRole('link', { name: now.title, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: now.title }).waitFor();
  }

  /** Moves the demonstration's clock, and that of sessions when asked. */
  async function passTime(time: { avance: string; sessions?: boolean }): Promise<void> {
    await fetch(`${here.url}/demo/horloge`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(time) });
  }

  return { now, browse, signedIn, toConversation, passTime };
}

export const editorOf = (page: Page) => page.locator('rich-text [contenteditable=true]');
export const textbox = (page: Page) => page.getByRole('textbox', { name: 'Message' });
export const tool = (page: Page, name: string) => page.getByRole('toolbar', { name: 'Mise en forme' }).getByRole('button', { name, exact: true });
export const isFocused = (page: Page, place = editorOf(page)) => place.evaluate((element) => element.matches(':focus'));

/** Sends the form and waits until it is over. */
export async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.getByRole('status').filter({ hasText: 'Succès' }).waitFor();
}

/** Opens the composer and waits until the editor is there. */
export async function compose(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Afficher un message' }).click();
  await editorOf(page).waitFor();
}

/** What leaves a clipboard: the page gets it as from any other program. */
export async function paste(page: Page, data: { html?: string; text?: string }): Promise<void> {
  await editorOf(page).evaluate((surface, { html, text }) => {
    const transfer = new DataTransfer();
    if (html !== undefined) transfer.setData('text/html', html);
    if (text !== undefined) transfer.setData('text/plain', text);
    surface.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
  }, data);
}

/** What the form would send. */
export function fields(page: Page) {
  return page.evaluate(() => {
    const value = (name: string) => document.querySelector<HTMLTextAreaElement>(`textarea[name=${name}]`)?.value;
    return { text: value('message'), rich: value('message-riche') };
  });
}
