import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { savePassword } from '#domain/passwords/api.ts';
import { type Listening, listen } from '#platform/http/listen.ts';
import { converse, type Innovactione, makeInnovactione } from '../../support/people.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { type Answer, type Browser, makeSite, origin, type TestSite } from '../../support/site.ts';
import { goodPassword } from '../../support/visitor.ts';
import { exchange } from './raw.ts';

let world: Innovactione;
let site: TestSite;
let server: Listening;

const jean = 'jeand@courriel.example';
const elsewhere = 'ailleurs.example';

beforeEach(async () => {
  world = await makeInnovactione();
  await savePassword(world.ctx, { profileId: world.jean.profileId, password: goodPassword, ownWords: [] });
  site = await makeSite(world);
  server = await listen({ host: '127.0.0.1', port: 0, fetch: site.fetch, log: quietLog });
});
afterEach(async () => {
  site.streams.close();
  await server.close();
  await world.dispose();
});

/** Ways back that some browser, proxy or library reads as another site. */
const ways: readonly string[] = [
  ...[
    '//',
    '///',
    '////',
    '/\\',
    '\\\\',
    '/\\/',
    '/\\\\',
    '/%09/',
    '/%0a/',
    '/%0d/',
    '/%2f',
    '/%2F%2F',
    '/%5c',
    '/%5C%5C',
    '/%252f',
    '/.//',
    '/..//',
    '/x/..//',
    '/;//',
    '/\t/',
    '/\n/',
    '/\r/',
  ].map((start) => start + elsewhere),
  ...['https://', 'http://', 'https:/', 'https:', 'HTTPS:', 'https:\\\\', 'ftp://', 'ws://', '\u0000https://', ' https://', '\thttps://', 'h\nttps://'].map(
    (start) => start + elsewhere,
  ),
  ...[
    `javascript:alert(1)`,
    `javascript://${elsewhere}/%0aalert(1)`,
    'data:text/html,x',
    `//${elsewhere}@localhost`,
    `//localhost@${elsewhere}`,
    `http://localhost:3000@${elsewhere}`,
    `http://localhost:3000.${elsewhere}`,
  ],
  ...[
    `//${elsewhere}/%2e%2e`,
    `/\u2044/${elsewhere}`,
    `／／${elsewhere}`,
    `/。${elsewhere}`,
    `//ailleurs%E3%80%82example`,
    `/%ff//${elsewhere}`,
    `/\u2028/${elsewhere}`,
    `?//${elsewhere}`,
    `#//${elsewhere}`,
    '.',
    '..',
    `@${elsewhere}`,
  ],
  ...[`/connexion%0d%0aLocation:%20https://${elsewhere}`, `/connexion\r\nLocation: https://${elsewhere}`, `/connexion\r\nSet-Cookie: pli-session=x`],
];

/** Where a browser that followed this answer would be; undefined when it would stay. */
function arrival(answer: Answer): URL | undefined {
  const location = answer.headers.get('location');
  return location === null ? undefined : new URL(location, origin);
}

type Door = (browser: Browser, retour: string) => Promise<Answer>;
const doors: Record<string, Door> = {
  'signing in by password': async (browser, retour) => {
    await browser.post('/ouvrir-une-session', { identifiant: jean, retour });
    return browser.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': goodPassword });
  },
  'signing in by code': async (browser, retour) => {
    await browser.post('/ouvrir-une-session', { identifiant: jean, retour });
    await browser.post('/ouvrir-une-session/methode', { methode: 'code' });
    const answer = await browser.post('/code', { code: await world.lastCode(jean) });
    world.clock.advance(2 * 3600);
    return answer;
  },
  'a password forgotten': async (browser, retour) => {
    await browser.post('/mot-de-passe', { identifiant: jean, retour });
    await browser.post('/code', { code: await world.lastCode(jean) });
    const answer = await browser.post('/mot-de-passe/nouveau', { 'mot-de-passe': goodPassword });
    world.clock.advance(2 * 3600);
    return answer;
  },
  'choosing an appearance': (browser, retour) => browser.post('/apparence', { theme: 'dark', retour }),
  'signing out': (browser, retour) => browser.post(`/deconnexion?retour=${encodeURIComponent(retour)}`, { retour }),
  'joining an address': async (browser, retour) => {
    const marie = await site.browserOf(world.marie.profileId);
    await marie.post('/profil/adresses', { adresse: `marie.${world.ctx.newId().slice(-6)}@courriel.example`, retour });
    const to = (await world.mails()).at(-1)?.to ?? '';
    const answer = await marie.post('/profil/adresses/code', { code: await world.lastCode(to) });
    world.clock.advance(2 * 3600);
    return browser.cookies.size > 0 ? browser.get('/') : answer;
  },
};

describe('a way back that leads elsewhere', () => {
  test.each(Object.entries(doors))(
    'is dropped at every door: %s',
    async (name, through) => {
      const told: string[] = [];
      // Twenty addresses are what one person may join.
      const some = name === 'joining an address' ? ways.slice(0, 15) : ways;
      for (const retour of some) {
        const answer = await through(site.browser(), retour);
        const to = arrival(answer);
        if (answer.status !== 303 || to?.origin !== origin || to.pathname.startsWith('//')) told.push(`${JSON.stringify(retour)}: ${answer.status} ${to}`);
        if (answer.headers.getSetCookie().some((line) => /^pli-session=x(?:;|$)/.test(line))) told.push(`${retour}: a cookie`);
      }
      expect(told).toEqual([]);
    },
    60_000,
  );

  test('is in no link and no field of the pages that carry it', async () => {
    for (const door of ['/ouvrir-une-session', '/ouvrir-un-compte', '/mot-de-passe']) {
      for (const retour of ways) {
        const page = await (await site.browser().get(`${door}?retour=${encodeURIComponent(retour)}`)).page();
        // The page itself in another language keeps its own address, whose way back is weighed again.
        const targets = page
          .querySelectorAll('[href], [action], input[name=retour]')
          .map((node) => ['href', 'action', 'value'].map((name) => node.getAttribute(name)).find((one) => one));
        for (const target of targets) expect(new URL(target ?? '/', origin).origin, `${door} ${retour}: ${target}`).toBe(origin);
      }
    }
  }, 60_000);

  test('a door that trusted what it was given would be seen', () => {
    const trusting = ways.filter((retour) => URL.parse(retour, origin)?.origin !== origin);
    expect(trusting.length).toBeGreaterThan(20);
  });
});

describe('a Host that is not ours', () => {
  const asked = (head: string) => exchange(server.port, `${head}\r\nConnection: close\r\n\r\n`, 5_000);

  test('is in no page, no redirection and no cookie', async () => {
    for (const path of ['/', '/ouvrir-une-session', '/connexion', '/aide', '/rien', '/mot-de-passe', '/demo/courrier']) {
      for (const head of [
        `GET ${path} HTTP/1.1\r\nHost: ${elsewhere}`,
        `GET http://${elsewhere}${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}`,
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX-Forwarded-Host: ${elsewhere}\r\nForwarded: host=${elsewhere}\r\nX-Original-URL: /administration\r\nX-Forwarded-Proto: https`,
      ]) {
        const answer = await asked(head);
        expect(answer, head).toMatch(/^HTTP\/1\.1 (?:200|303|404) /);
        expect(answer, head).not.toContain(elsewhere);
      }
    }
  });

  test('sends nothing: no act is taken under it, and no mail names it', async () => {
    const form = `identifiant=${encodeURIComponent(jean)}`;
    const answer = await exchange(
      server.port,
      `POST /mot-de-passe HTTP/1.1\r\nHost: ${elsewhere}\r\nOrigin: http://${elsewhere}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close\r\nContent-Length: ${form.length}\r\n\r\n${form}`,
      5_000,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(await world.mails()).toEqual([]);
  });

  test('with PLI_URL its address alone is in links, whatever Host says, and acts are taken from there alone', async () => {
    await converse(await world.as(world.marie.profileId), world.marie.personaId);
    await world.runJobs();
    const real = await makeSite(world, undefined, { settings: { PLI_DEMO: 'off', PLI_URL: 'https://pli.innovactione.example' } });
    const ask = (init: RequestInit, path = '/mot-de-passe') => real.fetch(new Request(`https://${elsewhere}${path}`, init));
    expect(await (await ask({})).text()).not.toContain(elsewhere);
    const body = new URLSearchParams({ identifiant: jean });
    expect((await ask({ method: 'POST', body, headers: { origin: `https://${elsewhere}` } })).status).toBe(403);
    const accepted = await ask({ method: 'POST', body, headers: { origin: 'https://pli.innovactione.example' } });
    expect([accepted.status, accepted.headers.get('location')]).toEqual([303, '/code']);
    expect(JSON.stringify(await world.mails())).not.toContain(elsewhere);
    real.streams.close();
  });
});
