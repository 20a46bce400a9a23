import type { BrowserContext, Page, Request } from 'playwright-core';

/** Starts a conversation with one person; the page is then on it. */
export async function startWith(page: Page, title: string, to: string): Promise<void> {
  await page.goto('/connexion/nouvelle');
  await page.getByRole('textbox', { name: 'Titre' }).fill(title);
  await page.getByRole('textbox', { name: 'Participants' }).fill(to);
  await page.getByRole('textbox', { name: 'Message' }).fill('Premier message.');
  await page.getByRole('button', { name: 'Soumettre' }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Posts on the conversation in sight; answers the instant it was acknowledged. */
export async function post(page: Page, text: string): Promise<number> {
  await page.getByRole('button', { name: 'Afficher un message' }).click();
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  const acknowledged = page
    .waitForResponse((answer) => answer.request().method() === 'POST' && !answer.url().includes('/brouillon'))
    .then(() => performance.now());
  await page.getByRole('button', { name: 'Soumettre' }).click();
  const at = await acknowledged;
  // Not its «Succès»: that of the message before may still be there.
  const shown = page.locator('.thread').getByText(text).last();
  await shown.waitFor().catch(async (cause) => {
    throw new Error(`«${text}» is not in the thread; on the page: ${await page.locator('main').innerText()}`, { cause });
  });
  return at;
}

/** Counts the streams that the browser has opened and those that are open. */
export function countStreams(context: BrowserContext) {
  const counts = { opened: 0, open: 0 };
  const isStream = (url: string) => new URL(url).pathname === '/evenements-direct';
  context.on('response', (answer) => {
    if (!isStream(answer.url()) || answer.status() !== 200) return;
    counts.opened += 1;
    counts.open += 1;
  });
  const ended = (request: Request) => {
    if (isStream(request.url())) counts.open = Math.max(0, counts.open - 1);
  };
  context.on('requestfailed', ended);
  context.on('requestfinished', ended);
  return counts;
}

/** Lets the test say whether the page is in sight; a browser without a screen shows them all. */
export async function mayHide(page: Page): Promise<(hidden: boolean) => Promise<void>> {
  await page.addInitScript(`
    let state = 'visible';
    Object.defineProperty(Document.prototype, 'visibilityState', { get: () => state });
    Object.defineProperty(Document.prototype, 'hidden', { get: () => state === 'hidden' });
    globalThis.setHidden = (hidden) => { state = hidden ? 'hidden' : 'visible'; document.dispatchEvent(new Event('visibilitychange')); };
  `);
  return (hidden) => page.evaluate(`setHidden(${hidden})`);
}
