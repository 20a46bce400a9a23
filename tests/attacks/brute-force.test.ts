import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { savePassword } from '#domain/passwords/api.ts';
import { type Listening, listen } from '#platform/http/listen.ts';
import { countingHashes } from '../support/counted-hashes.ts';
import { type Innovactione, makeInnovactione } from '../support/people.ts';
import { quietLog } from '../support/quiet-log.ts';
import { makeSite, type TestSite } from '../support/site.ts';
import { goodPassword } from '../support/visitor.ts';

const jean = 'jeand@courriel.example';
const sources = 200;
/** Linux answers at every address of 127.0.0.0/8; elsewhere there is one, and the attackers come through a proxy that is believed. */
const hasManyAddresses = process.platform === 'linux';

let world: Innovactione;
let site: TestSite;
let server: Listening;
let hashes: () => number;
let agents: Agent[];

beforeEach(async () => {
  world = await makeInnovactione();
  await savePassword(world.ctx, { profileId: world.jean.profileId, password: goodPassword, ownWords: [] });
  agents = [];
  await open(hasManyAddresses ? {} : { PLI_TRUSTED_PROXY: '127.0.0.1' });
});
afterEach(async () => {
  for (const agent of agents) agent.destroy();
  site.streams.close();
  await server.close();
  await world.dispose();
});

async function open(settings: Record<string, string>): Promise<void> {
  const counted = countingHashes(world.ctx);
  hashes = counted.hashes;
  site = await makeSite({ ...world, ctx: counted.ctx }, undefined, { settings: { PLI_DEMO: 'on', ...settings } });
  server = await listen({ host: '127.0.0.1', port: 0, fetch: site.fetch, log: quietLog });
}

type Said = { status: number; location: string };
/** A browser at a network address of its own. */
type Knocking = { post(path: string, fields: Record<string, string>): Promise<Said>; cookies: Map<string, string> };

function knocking(address: string, headers: Record<string, string> = {}): Knocking {
  const agent = new Agent({ keepAlive: true });
  agents.push(agent);
  const cookies = new Map<string, string>();
  const from = hasManyAddresses ? { localAddress: address } : {};
  const forwarded = hasManyAddresses ? {} : { 'x-forwarded-for': address };
  return {
    cookies,
    async post(path, fields) {
      const body = new URLSearchParams(fields).toString();
      const own = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), origin: `http://127.0.0.1:${server.port}` };
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const asked = request({
        host: '127.0.0.1',
        port: server.port,
        method: 'POST',
        path,
        agent,
        ...from,
        headers: { ...own, ...forwarded, cookie, ...headers },
      });
      asked.end(body);
      const [answer] = await once(asked, 'response');
      for (const line of answer.headers['set-cookie'] ?? [])
        cookies.set(line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1, line.indexOf(';')));
      answer.resume();
      await once(answer, 'end');
      return { status: answer.statusCode, location: answer.headers.location ?? '' };
    },
  };
}

const addressOf = (n: number) => `127.0.${1 + Math.floor(n / 250)}.${2 + (n % 250)}`;
const attackers = () => Array.from({ length: sources }, (_, n) => knocking(addressOf(n)));
const isIn = ({ location }: Said) => location === '/connexion';

async function givesPassword(browser: Knocking, password: string): Promise<Said> {
  await browser.post('/ouvrir-une-session', { identifiant: jean });
  return browser.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': password });
}

async function asksForCode(browser: Knocking, retour = ''): Promise<Said> {
  await browser.post('/ouvrir-une-session', { identifiant: jean, retour });
  return browser.post('/ouvrir-une-session/methode', { methode: 'code', 'mot-de-passe': '' });
}

/** Each of the two hundred does it, twenty at a time; how many came in. */
async function allOf(browsers: readonly Knocking[], act: (browser: Knocking, n: number) => Promise<Said>): Promise<number> {
  let inside = 0;
  for (let from = 0; from < browsers.length; from += 20) {
    const said = await Promise.all(browsers.slice(from, from + 20).map((browser, n) => act(browser, from + n)));
    inside += said.filter(isIn).length;
  }
  return inside;
}

/** Pli without its counts: what the same attack then comes to. */
async function forgetCounts(): Promise<void> {
  const forget = async (table: string, changes: string) => {
    await world.database.administer(`create function forget_${table}() returns trigger language plpgsql as $$ begin ${changes} return new; end $$`);
    await world.database.administer(`create trigger forget before insert or update on ${table} for each row execute function forget_${table}()`);
  };
  await forget('password_tries', 'new.in_a_row := 0; new.in_all := 0; new.next_at := to_timestamp(0);');
  await forget('budgets', "new.taken_at := '{}';");
  await forget('sign_in_flows', 'new.code_tries := 0;');
}

/** The right one stands in the middle of their list. */
const guess = (n: number) => (n === sources / 2 ? goodPassword : `Trois canots verts au quai ${n}`);

describe('a password, from two hundred addresses', () => {
  test('000-14: at most three are weighed at once, none comes in, and the owner does', async () => {
    const owner = knocking('127.0.0.9');
    expect(isIn(await givesPassword(owner, goodPassword))).toBe(true);
    const before = hashes();
    expect(await allOf(attackers(), (browser, n) => givesPassword(browser, guess(n)))).toBe(0);
    expect(hashes() - before).toBeLessThanOrEqual(3);
    expect(isIn(await givesPassword(owner, goodPassword))).toBe(true);
    // With a new machine: the password waits, a code does not.
    const newBrowser = knocking('127.0.0.8');
    expect((await givesPassword(newBrowser, goodPassword)).status).toBe(429);
    expect((await asksForCode(newBrowser)).location).toBe('/code');
    expect(isIn(await newBrowser.post('/code', { code: await world.lastCode(jean) }))).toBe(true);
  });

  test('000-14: hour after hour, ten at most are weighed in each, and the owner comes in', async () => {
    const owner = knocking('127.0.0.9');
    await givesPassword(owner, goodPassword);
    const browsers = attackers().slice(0, 8);
    const before = hashes();
    let worst = 0;
    for (let hour = 0; hour < 12; hour += 1) {
      const weighed = hashes();
      expect(await allOf(browsers, (browser, n) => givesPassword(browser, `Trois canots verts au quai ${hour}-${n}`))).toBe(0);
      worst = Math.max(worst, hashes() - weighed);
      world.clock.advance(3601);
    }
    expect(hashes() - before).toBeLessThanOrEqual(100);
    expect(worst).toBeLessThanOrEqual(10);
    expect(isIn(await givesPassword(owner, goodPassword))).toBe(true);
  });

  test('000-14: without the counts the same attack comes in', async () => {
    await forgetCounts();
    const before = hashes();
    expect(await allOf(attackers(), (browser, n) => givesPassword(browser, guess(n)))).toBe(1);
    expect(hashes() - before).toBe(sources);
  });

  test('000-14: an address made up in a header buys nothing', async () => {
    const counted = await world.ctx.db.selectFrom('budgets').select('key').execute();
    const liars = Array.from({ length: 20 }, (_, n) =>
      knocking('127.0.0.7', { 'x-forwarded-for': `198.51.100.${n}`, forwarded: `for=198.51.100.${n}`, 'x-real-ip': `198.51.100.${n}` }),
    );
    if (!hasManyAddresses) {
      await server.close();
      site.streams.close();
      await open({});
    }
    await allOf(liars, (browser, n) => givesPassword(browser, guess(n)));
    const after = await world.ctx.db.selectFrom('budgets').select('key').execute();
    // One source has begun and one has tried: two counts beside the one of the account's hour.
    expect(after.length - counted.length).toBe(3);
  });
});

describe('a code, from two hundred addresses', () => {
  const wrong = (code: string, n: number) => String((Number(code) + 1 + n) % 100_000_000).padStart(8, '0');

  test('S-14: twenty are weighed in a day, one mail leaves in 30 s, none comes in, and the owner does', async () => {
    const owner = knocking('127.0.0.9');
    await givesPassword(owner, goodPassword);
    const browsers = attackers();
    await allOf(browsers, (browser) => asksForCode(browser));
    expect(await world.mails(jean)).toHaveLength(1);
    const triesBefore = await tried();
    for (let round = 0; round < 6; round += 1) {
      world.clock.advance(31);
      await allOf(browsers.slice(0, 20), (browser) => browser.post('/code/renvoyer', {}));
      const code = await world.lastCode(jean);
      expect(await allOf(browsers.slice(0, 20), (browser, n) => browser.post('/code', { code: wrong(code, n) }))).toBe(0);
    }
    expect((await tried()) - triesBefore).toBeLessThanOrEqual(20);
    expect((await world.mails(jean)).length).toBeLessThanOrEqual(7);
    // In a browser known to the account, by a code too.
    expect((await asksForCode(owner)).location).toBe('/code');
    expect(isIn(await owner.post('/code', { code: await world.lastCode(jean) }))).toBe(true);
  });

  test('S-14: without the counts, whoever holds one flow may try until it is right', async () => {
    await forgetCounts();
    const [browser] = attackers();
    if (!browser) throw new Error('Nobody attacks');
    await asksForCode(browser);
    const code = await world.lastCode(jean);
    let inside = 0;
    for (let n = 40; n >= 0 && inside === 0; n -= 1) {
      const said = await browser.post('/code', { code: n === 0 ? code : wrong(code, n) });
      inside += isIn(said) ? 1 : 0;
    }
    expect(inside).toBe(1);
  });
});

/** Wrong codes weighed so far, over all flows. */
async function tried(): Promise<number> {
  const { rows } = await world.database.pool.query<{ n: number }>('select coalesce(sum(code_tries), 0)::int as n from sign_in_flows');
  return rows[0]?.n ?? 0;
}
