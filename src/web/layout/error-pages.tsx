import type { Ctx } from '#context';
import type { Child } from '#jsx/jsx-runtime';
import type { MessageKey } from '#messages/translate.ts';
import { LinkButton } from '#web/kit/button.tsx';
import { Time } from '#web/kit/time.tsx';
import { SupportLine } from './footer.tsx';
import { Layout } from './layout.tsx';
import { newReference } from './reference.ts';
import { renderPage } from './render.ts';
import type { View } from './view.ts';
import type { WebContext } from './web.ts';

/** The one page for what does not exist, what is forbidden and what is gone: it tells them apart to nobody. */
export function notFoundPage(c: WebContext): Response {
  return sentencePage(c, 404, 'not-found');
}

/** A form sent from another site, or by a program that does not say where it comes from. */
export function crossSitePage(c: WebContext): Response {
  return sentencePage(c, 403, 'cross-site');
}

export function tooLargePage(c: WebContext): Response {
  return sentencePage(c, 413, 'too-large');
}

/** Where `listen` asks for an address that no URL can hold. */
export const unreadableAddress = '/adresse-illisible';

export function unreadableAddressPage(c: WebContext): Response {
  return sentencePage(c, 400, 'unreadable');
}

/** Something Pli needs does not answer; what was accepted is kept. `retryAfter` in seconds. */
export function unavailablePage(c: WebContext, retryAfter = 30): Response {
  return sentencePage(c, 503, 'unavailable', { 'Retry-After': String(retryAfter) });
}

/**
 * A breakdown: logged once, here, under the reference that the page shows. `log` is needed where there may be no context yet:
 * the session itself breaks down when the database does.
 */
export function errorPage(c: WebContext, error: Error, log: Ctx['log'] | undefined = c.get('ctx')?.log): Response {
  // Nobody is left to read an answer: they closed the page, or their line was cut.
  if (c.req.raw.signal.aborted) {
    log?.info({ error }, 'A request was left before its end');
    return c.body(null, 400);
  }
  const reference = newReference();
  log?.error({ reference, error }, 'A request broke down');
  if (isUnavailable(error)) return unavailablePage(c);
  const { view } = c.var;
  return renderPage(
    c,
    <ErrorLayout view={view} name="error">
      <p>{view.t.rich('frame.error.reference', { reference: <b class="nowrap">{reference}</b>, time: <Time view={view} at={view.now} /> })}</p>
    </ErrorLayout>,
    500,
  );
}

/** What node:net, the pool and PostgreSQL (appendix A of its manual) say when nobody answers, only reads, has no room, or too many ask. */
const silences = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', '25006', '53100', '53300', '57P01', '57P02', '57P03', '08000', '08003', '08006']);

function isUnavailable(error: Error): boolean {
  if ('code' in error && silences.has(String(error.code))) return true;
  // A socket file that is not there: PostgreSQL is down.
  if ('syscall' in error && error.syscall === 'connect') return true;
  // The last is what a rollback says on a connection that broke under its transaction.
  return /timeout exceeded when trying to connect|Connection terminated|connection error and is not queryable/.test(error.message);
}

type PageName = 'not-found' | 'unreadable' | 'cross-site' | 'too-large' | 'unavailable' | 'error';

function sentencePage(c: WebContext, status: number, name: PageName, headers?: Record<string, string>): Response {
  return renderPage(c, <ErrorLayout view={c.get('view')} name={name} />, status, headers);
}

/** What happened, what is kept, what to do next, whom to call. */
function ErrorLayout({ view, name, children }: { view: View; name: PageName; children?: Child }) {
  const { t } = view;
  const key = (part: 'title' | 'text' | 'next'): MessageKey => `frame.error.${name}.${part}`;
  return (
    <Layout view={view} title={t(key('title'))} narrow solo={!view.actor}>
      <div class="card stack">
        <h1>{t(key('title'))}</h1>
        <p>{t(key('text'))}</p>
        <p>{t(key('next'))}</p>
        {children}
        <p class="row">
          <LinkButton view={view} href={view.actor ? '/connexion' : '/'}>
            {t(view.actor ? 'frame.error.to-messages' : 'frame.error.to-door')}
          </LinkButton>
        </p>
        <p class="small muted">
          <SupportLine view={view} contact={view.organisation?.support ?? view.support} />
        </p>
      </div>
    </Layout>
  );
}
