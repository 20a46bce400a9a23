import type { BrowserContext, Page } from 'playwright-core';

/** What ran, or tried to, that the page did not mean: `alert(1)` at /connexion, a violation of the policy … */
export type Watched = { page: Page; fired: string[]; visit(path: string): Promise<void>; context: BrowserContext };

const hook = `
  const tell = (what) => globalThis.toldToTest(what + ' at ' + location.pathname);
  for (const name of ['alert', 'confirm', 'prompt', 'print']) window[name] = () => { tell(name); return false; };
  document.addEventListener('securitypolicyviolation', (event) => tell('policy: ' + event.effectiveDirective + ' ' + event.blockedURI));
`;

/** Everything a person does without sending anything: what unfolds is unfolded, the mouse passes over everything, everything takes the focus. */
const touch = `(() => {
  for (const details of document.querySelectorAll('details')) details.open = true;
  for (const element of document.querySelectorAll('body *')) {
    for (const kind of ['pointerover', 'mouseover', 'mouseenter', 'mousemove', 'animationstart', 'toggle']) element.dispatchEvent(new Event(kind, { bubbles: true }));
    if (element.tabIndex >= 0) element.focus({ preventScroll: true });
  }
})()`;

/** The same page once more, merged into itself as live pages are. */
const refresh = `new Promise((resolve) => {
  if (!globalThis.Turbo) return resolve();
  addEventListener('turbo:render', () => resolve(), { once: true });
  setTimeout(resolve, 3000);
  Turbo.session.refresh(location.href);
})`;

/** A page on which nothing may run but our own: dialogs and violations of the policy are collected. */
export async function watchedPage(context: BrowserContext): Promise<Watched> {
  const fired: string[] = [];
  await context.exposeFunction('toldToTest', (what: string) => fired.push(what));
  await context.addInitScript(hook);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'beforeunload') fired.push(`${dialog.type()} dialog at ${page.url()}`);
    void dialog.accept().catch(() => undefined); // it may be gone with its page
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('data:') && new URL(request.url()).hostname !== '127.0.0.1') fired.push(`request to ${request.url()}`);
  });
  return {
    page,
    fired,
    context,
    async visit(path) {
      await page.goto(path);
      await page.evaluate(touch);
      await page.evaluate(refresh);
      await page.evaluate(touch);
    },
  };
}
