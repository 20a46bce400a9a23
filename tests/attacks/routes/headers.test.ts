import { parse } from 'node-html-parser';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy, filePolicy } from '#web/layout/security-headers.ts';
import { cloneDatabase } from '../../support/database.ts';
import type { TestSite } from '../../support/site.ts';
import { readLastCode } from '../../support/world.ts';
import { addressOf, ask } from './asking.ts';
import { type Crowd, makeCrowd, siteOver, type Visitor } from './crowd.ts';
import { type Route, routeTable } from './route-table.ts';

let crowd: Crowd;
let site: TestSite;
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let answers: Seen[];

/** An answer, and who got it where. */
type Seen = { route: Route; visitor: Visitor; answer: Response; text: string };

beforeAll(async () => {
  crowd = await makeCrowd();
  await crowd.world.database.close();
  database = await cloneDatabase(crowd.world.database.name);
  site = await siteOver(crowd, database);
  answers = await everyAnswer();
});
afterAll(async () => {
  site.streams.close();
  await database.drop();
  await crowd.world.dispose();
});

/** Of every route, by somebody unknown, a stranger, a reader, the holder and an administrator; an act is first asked from elsewhere, then done. */
async function everyAnswer(): Promise<Seen[]> {
  const names = ['anonymous · nobody', 'participant · nobody', 'participant · taking part', 'collaborator · own', 'administrator · same organisation'];
  const visitors = crowd.visitors.filter(({ name }) => names.includes(name));
  const all: Seen[] = [];
  let n = 0;
  for (const route of routeTable.filter(({ path }) => !['/evenements-direct', '/deconnexion'].includes(path))) {
    for (const visitor of visitors) {
      n += 1;
      const asked = { subject: crowd.subject, visitor, n };
      const answer = await ask(site, route, asked);
      all.push({ route, visitor, answer, text: await answer.text() });
      if (route.method !== 'POST') continue;
      const refused = await ask(site, route, asked, { headers: { 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' } });
      all.push({ route, visitor, answer: refused, text: await refused.text() });
    }
  }
  return all;
}

const always: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Policies of what is shown or fetched alone: nothing of it runs. */
const alone: Record<string, string> = {
  '/demo/courrier/:id/html':
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  '/connexion/:id/pieces/:attachmentId': filePolicy,
  '/administration/:slug/journal.csv': filePolicy,
};

/** What is missing of an answer, each in a line. */
function faultsOf(seen: Seen, headers = seen.answer.headers): string[] {
  const { route, visitor, answer } = seen;
  const missing = Object.entries(always).filter(([name, value]) => headers.get(name) !== value);
  const faults = [...missing.map(([name]) => name), ...ownFaults(seen, headers), ...headers.getSetCookie().filter((line) => !isBound(line))];
  return faults.map((fault) => `${fault}: ${route.method} ${route.path} (${answer.status}) · ${visitor.name}`);
}

const isBound = (cookie: string) => ['HttpOnly', 'SameSite=Lax', 'Path=/'].every((attribute) => cookie.split('; ').includes(attribute));

function ownFaults(seen: Seen, headers: Headers): string[] {
  const { route, answer, text } = seen;
  const policy = (answer.status === 200 ? alone[route.path] : undefined) ?? contentSecurityPolicy;
  const type = headers.get('content-type');
  const told: [string, boolean][] = [
    ['content-security-policy', headers.get('content-security-policy') !== policy],
    ['permissions-policy', !headers.has('permissions-policy')],
    ['cache-control', isPersonal(seen) && !/(?:^|[ ,])no-store(?:$|[ ,;])/.test(headers.get('cache-control') ?? '')],
    ['content-type', text !== '' && (type === null || /^text\/html(?!.*charset=utf-8)/i.test(type))],
    ['a program that says its name', headers.has('server') || headers.has('x-powered-by')],
    ['another origin let in', headers.has('access-control-allow-origin')],
  ];
  return told.filter(([, isFault]) => isFault).map(([fault]) => fault);
}

/** Whether it shows what is somebody's. What the demonstration shows is everybody's. */
function isPersonal({ route, visitor, answer, text }: Seen): boolean {
  if (text === '' || route.path.startsWith('/demo/') || /^\/(?:statique|marque|health|adresse)/.test(route.path)) return false;
  return visitor.role !== 'anonymous' || (route.personal === true && answer.status < 400);
}

describe('every answer of every route', () => {
  test('carries the policy without inline code, nosniff, no referrer elsewhere, no window in common; what is somebody’s is stored nowhere', () => {
    expect(answers.flatMap((one) => faultsOf(one))).toEqual([]);
    expect(answers.length).toBeGreaterThan(700);
    expect(new Set(answers.map(({ answer }) => answer.status))).toEqual(new Set([200, 201, 204, 303, 400, 401, 403, 404, 405, 409, 422, 429]));
  });

  test('without one of these headers the same check names the route', () => {
    const whole = answers.filter((one) => isPersonal(one) && one.answer.status === 200);
    for (const name of [...Object.keys(always), 'content-security-policy', 'permissions-policy', 'cache-control', 'content-type']) {
      for (const one of whole) {
        const weakened = new Headers(one.answer.headers);
        weakened.delete(name);
        expect(faultsOf(one, weakened)).toEqual([`${name}: ${one.route.method} ${one.route.path} (200) · ${one.visitor.name}`]);
      }
    }
    const [first] = answers;
    if (!first) throw new Error('No route has answered');
    const weakened = new Headers(first.answer.headers);
    weakened.set('content-security-policy', contentSecurityPolicy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"));
    weakened.append('set-cookie', 'pli-session=x; Path=/; SameSite=Lax');
    expect(faultsOf(first, weakened)).toHaveLength(2);
  });

  test('holds no inline script, no style and no handler that the policy would have to allow', () => {
    const told: string[] = [];
    for (const { route, answer, text } of answers) {
      if (!answer.headers.get('content-type')?.startsWith('text/html') || route.path === '/demo/courrier/:id/html') continue;
      const page = parse(text);
      const inline = page.querySelectorAll('script:not([src]), style, [style], base, object, embed, iframe, frame, meta[http-equiv]');
      const handlers = page.querySelectorAll('*').filter((element) => Object.keys(element.attributes).some((name) => /^on/i.test(name)));
      const links = page
        .querySelectorAll('[href], [src], [action], [formaction]')
        .filter((element) =>
          ['href', 'src', 'action', 'formaction'].some((name) =>
            /^\s*(?!https?:|mailto:|tel:|data:image)[a-z][a-z0-9+.-]*:/i.test(element.getAttribute(name) ?? ''),
          ),
        );
      if (inline.length + handlers.length + links.length > 0)
        told.push(`${route.method} ${route.path}: ${[...inline, ...handlers, ...links].map((one) => one.rawTagName)}`);
    }
    expect(told).toEqual([]);
  });
});

test('what a flow shows before anybody is signed in is stored nowhere either', async () => {
  const { world } = crowd;
  const over = await siteOver(crowd, database);
  const outcomes: Record<string, (string | null)[]> = {};
  const look = async (browser: ReturnType<TestSite['browser']>, path: string) => {
    const answer = await browser.get(path);
    outcomes[path] = [String(answer.status), answer.headers.get('cache-control')];
  };
  const codeOf = (to: string) => readLastCode({ ...world.ctx, db: database.db }, to);
  const newcomer = over.browser();
  await newcomer.post('/ouvrir-une-session', { identifiant: 'hugo@courriel.example' });
  await look(newcomer, '/ouvrir-une-session/methode');
  await newcomer.post('/ouvrir-une-session/methode', { methode: 'code' });
  await look(newcomer, '/code');
  await newcomer.post('/code', { code: await codeOf('hugo@courriel.example') });
  await look(newcomer, '/ouvrir-un-compte/profil');
  const jean = over.browser();
  await jean.post('/mot-de-passe', { identifiant: 'jean.dube@atelier.example' });
  await jean.post('/code', { code: await codeOf('jean.dube@atelier.example') });
  await look(jean, '/mot-de-passe/nouveau');
  expect(outcomes).toEqual(
    Object.fromEntries(routeTable.filter((route) => route.door === 'flow' && route.personal).map(({ path }) => [path, ['200', 'no-store']])),
  );
  over.streams.close();
});

describe('over https', () => {
  const settings = { settings: { PLI_URL: 'https://pli.innovactione.example', PLI_DEMO: 'off' } };

  test('S-15: every cookie of every door is __Host-, Secure, HttpOnly, SameSite=Lax, of no domain, and browsers are told to stay', async () => {
    const real = await siteOver(crowd, database, settings);
    const browser = real.browser();
    const lines: string[] = [];
    const keep = async (asked: Promise<Response>) => {
      const answer = await asked;
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
      lines.push(...answer.headers.getSetCookie());
      return answer;
    };
    await keep(browser.get('/aide?lang=en'));
    await keep(browser.post('/apparence', { theme: 'dark' }));
    await keep(browser.post('/ouvrir-une-session', { identifiant: 'jeand@courriel.example' }));
    await keep(browser.post('/ouvrir-une-session/methode', { methode: 'code' }));
    await keep(browser.post('/code', { code: '12345678' }));
    const marie = await real.browserOf(crowd.world.marie.profileId);
    await keep(marie.post('/profil', { nom: 'Marie Unetelle', langue: 'en', fuseau: '', theme: 'light' }));
    await keep(marie.get('/profil'));
    await keep(marie.post('/deconnexion', {}));
    const names = new Set(lines.map((line) => line.slice(0, line.indexOf('='))));
    expect(names).toEqual(new Set(['langue', 'apparence', 'demarche', 'message', 'session'].map((name) => `__Host-pli-${name}`)));
    for (const line of lines)
      expect(line).toMatch(/^__Host-pli-[a-z]+=[^;]*(?=.*; Path=\/(?:;|$))(?=.*; HttpOnly(?:;|$))(?=.*; Secure(?:;|$))(?=.*; SameSite=Lax(?:;|$))(?!.*Domain)/);
    real.streams.close();
  });

  test('nothing of the demonstration is there, whoever asks', async () => {
    const real = await siteOver(crowd, database, settings);
    for (const route of routeTable.filter(({ path }) => path.startsWith('/demo/'))) {
      for (const visitor of crowd.visitors) {
        const cookies = new Map([...visitor.cookies].map(([name, value]) => [`__Host-${name}`, value]));
        const asked = { subject: crowd.subject, visitor: { ...visitor, cookies }, n: 1 };
        const request = new Request(`https://pli.innovactione.example${addressOf(route, asked)}`, {
          method: route.method,
          headers: { origin: 'https://pli.innovactione.example' },
        });
        expect((await real.fetch(request)).status).toBe(404);
      }
    }
    real.streams.close();
  });
});
