import type { Page, Request } from 'playwright-core';

type Followed = { complaints: string[]; requests: { request: Request; startedAt: number; outcome: string }[] };

const followed = new Map<Page, Followed>();
/** Of each page, the last ones. */
const remembered = 15;
/** Pages closed lately: a test closes its own before anybody asks. */
const closed: { page: Page; of: Followed }[] = [];

/** Follows what a page asks for, so that a test that fails may say where it stood. */
export function followPage(page: Page, complaints: string[]): void {
  const requests: Followed['requests'] = [];
  followed.set(page, { complaints, requests });
  page.on('close', () => {
    followed.delete(page);
    closed.push({ page, of: { complaints, requests } });
  });
  page.on('request', (request) => {
    requests.push({ request, startedAt: performance.now(), outcome: 'no answer yet' });
    if (requests.length > remembered) requests.shift();
  });
  const settle = (request: Request, outcome: string) => {
    const mine = requests.find((one) => one.request === request);
    if (mine) mine.outcome = `${outcome} after ${Math.round(performance.now() - mine.startedAt)} ms`;
  };
  page.on('response', (answer) => settle(answer.request(), String(answer.status())));
  page.on('requestfailed', (request) => settle(request, request.failure()?.errorText ?? 'failed'));
}

export function openPages(): ReadonlySet<Page> {
  return new Set(followed.keys());
}

/** From now on, pages are closed by another test. */
export function forgetClosedPages(): void {
  closed.length = 0;
}

/**
 * Every page still open, as it stands: its address, what it asked for last, the forms on their way, its words; and what those asked for that
 * were closed meanwhile.
 */
export async function tellPages(): Promise<string> {
  const open = await Promise.all(Array.from(followed, ([page, of]) => tell(page, of)));
  const gone = closed.map(({ page, of }) => [`${page.url()}: closed`, ...happened(of)].join('\n'));
  return [...open, ...gone].join('\n\n');
}

function happened({ complaints, requests }: Followed): string[] {
  const asked = requests.map(
    ({ request, startedAt, outcome }) => `  ${Math.round(performance.now() - startedAt)} ms ago ${request.method()} ${request.url()}: ${outcome}`,
  );
  return [...asked, ...complaints.map((line) => `  ${line}`)];
}

async function tell(page: Page, of: Followed): Promise<string> {
  const state = await page
    .evaluate(
      "[document.querySelectorAll('form[aria-busy=true]').length, document.activeElement?.outerHTML.slice(0, 200), (document.querySelector('main') ?? document.body).innerText.slice(0, 2000)]",
    )
    .catch((error: Error) => [0, '', `(${error.message})`]);
  const [busy, focused, words] = state as [number, string, string];
  return [`${page.url()}: ${busy} forms on their way, the focus on ${focused}`, ...happened(of), words].join('\n');
}
