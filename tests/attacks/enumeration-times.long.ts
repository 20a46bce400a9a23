import { afterEach, beforeEach, expect, test } from 'vitest';
import { savePassword } from '#domain/passwords/api.ts';
import { createProfile } from '#domain/people/api.ts';
import { openHasher } from '#platform/hashing/open-hasher.ts';
import { done, type Innovactione, makeInnovactione } from '../support/people.ts';
import { type Browser, makeSite, type TestSite } from '../support/site.ts';
import { goodPassword } from '../support/visitor.ts';

/** Pairs of a known and an unknown address, one after the other so that whatever else the machine does weighs on both. */
const pairs = 150;
/** Of the two medians: what a stranger who asks some hundred times could not tell from noise. */
const tolerated = 0.1;

let world: Innovactione;
let site: TestSite;

beforeEach(async () => {
  world = await makeInnovactione();
  // The real work of a password, about 45 ms.
  const hasher = openHasher({ pepper: world.ctx.keys.pepper });
  const ctx = { ...world.ctx, hasher };
  site = await makeSite({ ...world, ctx });
  for (let n = 0; n < pairs; n += 1) {
    const { profileId } = done(await createProfile(ctx, { displayName: 'Jean Dubé', addresses: [`connu.${n}@courriel.example`] }));
    await savePassword(ctx, { profileId, password: goodPassword, ownWords: [] });
  }
}, 120_000);
afterEach(async () => {
  site.streams.close();
  await world.dispose();
});

type Knock = (browser: Browser, identifiant: string) => Promise<unknown>;
const knocks: Record<string, { prepare: Knock; knock: Knock }> = {
  'a password': {
    prepare: (browser, identifiant) => browser.post('/ouvrir-une-session', { identifiant }),
    knock: (browser) => browser.post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': 'Pas le bon mot de passe' }),
  },
  'a code': {
    prepare: (browser, identifiant) => browser.post('/ouvrir-une-session', { identifiant }),
    knock: (browser) => browser.post('/ouvrir-une-session/methode', { methode: 'code' }),
  },
  'opening an account': { prepare: async () => undefined, knock: (browser, identifiant) => browser.post('/ouvrir-un-compte', { identifiant }) },
  'a password forgotten': { prepare: async () => undefined, knock: (browser, identifiant) => browser.post('/mot-de-passe', { identifiant }) },
};

async function timeOf({ prepare, knock }: { prepare: Knock; knock: Knock }, identifiant: string): Promise<number> {
  const browser = site.browser();
  await prepare(browser, identifiant);
  const begun = performance.now();
  await knock(browser, identifiant);
  return performance.now() - begun;
}

const median = (times: readonly number[]) => times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? 0;

async function medians(door: { prepare: Knock; knock: Knock }, otherwise: (n: number) => string): Promise<{ known: number; other: number }> {
  const times = { known: [] as number[], other: [] as number[] };
  for (let n = -10; n < pairs; n += 1) {
    const order = n % 2 ? (['known', 'other'] as const) : (['other', 'known'] as const);
    for (const who of order) {
      const time = await timeOf(door, who === 'known' ? `connu.${Math.abs(n)}@courriel.example` : otherwise(n));
      // The first ones are for what is made at the first call.
      if (n >= 0) times[who].push(time);
    }
    // A source has its budget for an hour, and an address its 30 seconds.
    world.clock.advance(120);
  }
  return { known: median(times.known), other: median(times.other) };
}

test.each(Object.entries(knocks))(
  '000-Y3: %s takes the same time for somebody known and for nobody',
  async (door, at) => {
    const { known, other } = await medians(at, (n) => `inconnu.${n}@courriel.example`);
    process.stdout.write(`${door}: known ${known.toFixed(2)} ms, unknown ${other.toFixed(2)} ms\n`);
    expect(Math.abs(known - other) / Math.max(known, other)).toBeLessThan(tolerated);
  },
  240_000,
);

test('000-Y3: the same measure tells a door that saves the work apart', async () => {
  const at = knocks['a password'];
  if (!at) throw new Error('There is no such door');
  // Nothing is weighed for an empty password.
  const lazy = {
    prepare: at.prepare,
    knock: (browser: Browser, identifiant: string) =>
      identifiant.startsWith('inconnu') ? browser.post('/ouvrir-une-session/methode', { methode: 'password' }) : at.knock(browser, identifiant),
  };
  const { known, other } = await medians(lazy, (n) => `inconnu.${n}@courriel.example`);
  process.stdout.write(`a door that saves the work: known ${known.toFixed(2)} ms, unknown ${other.toFixed(2)} ms\n`);
  expect(Math.abs(known - other) / Math.max(known, other)).toBeGreaterThan(tolerated * 3);
}, 240_000);
