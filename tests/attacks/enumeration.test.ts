import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { invitePerson, suspendMember } from '#domain/administration/api.ts';
import { beginUpload } from '#domain/attachments/api.ts';
import { removePerson } from '#domain/conversations/api.ts';
import { listKeptMails } from '#domain/notices/api.ts';
import { savePassword } from '#domain/passwords/api.ts';
import { createProfile, setProfileStatus } from '#domain/people/api.ts';
import { tokenOf } from '../support/conversation.ts';
import { countingHashes } from '../support/counted-hashes.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../support/people.ts';
import { type Answer, type Browser, makeSite, type TestSite } from '../support/site.ts';
import { goodPassword } from '../support/visitor.ts';

let world: Innovactione;
let hashes: () => number;
let sites: TestSite[] = [];

/** Everybody at a door whom Pli knows, in all the ways it may know somebody; each is to look like nobody. */
const known = {
  'a participant with a password': 'jeand@courriel.example',
  'a collaborator': 'paul.tremblay@innovactione.example',
  'an administrator': 'alain.gagnon@innovactione.example',
  'somebody without a password': 'sam@courriel.example',
  'somebody suspended': 'lou@courriel.example',
  'a collaborator suspended': 'karim.benali@innovactione.example',
  'somebody who was written to and never came': 'nadia.roy@courriel.example',
} as const;
const unknown = 'personne@courriel.example';

beforeEach(async () => {
  world = await makeInnovactione();
  const { ctx, jean, paul, alain } = world;
  const karim = await world.hire('Karim Benali', known['a collaborator suspended']);
  const settle = async (displayName: string, address: string) => done(await createProfile(ctx, { displayName, addresses: [address] })).profileId;
  await settle('Sam', known['somebody without a password']);
  const lou = await settle('Lou', known['somebody suspended']);
  for (const profileId of [jean.profileId, paul.profileId, alain.profileId, karim.profileId, lou]) {
    await savePassword(ctx, { profileId, password: goodPassword, ownWords: [] });
  }
  await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [known['somebody who was written to and never came']] });
  done(await suspendMember(await world.as(alain.profileId), { organisationId: world.organisationId, personaId: karim.personaId }));
  done(await setProfileStatus(ctx, { profileId: lou, status: 'suspended' }));
});
afterEach(async () => {
  for (const site of sites) site.streams.close();
  sites = [];
  await world.dispose();
});
afterAll(() => {
  if (process.env.ATTACKS_LONG) return;
  process.stdout.write(
    'Times of known and unknown are compared by `ATTACKS_LONG=1 npm test -- --project attacks`: some minutes of real hashing, alone on the machine, or medians say nothing.\n',
  );
});

const settings = [
  ['the demonstration', { PLI_DEMO: 'on' }],
  ['a real organisation', { PLI_DEMO: 'off', PLI_URL: 'https://pli.innovactione.example' }],
] as const;

async function site(chosen: Record<string, string> = { PLI_DEMO: 'on' }, ctx = world.ctx): Promise<TestSite> {
  const counted = countingHashes(ctx);
  hashes = counted.hashes;
  const made = await makeSite({ ...world, ctx: counted.ctx }, undefined, { settings: chosen });
  sites.push(made);
  return made;
}

/** An answer without what was typed and without what is drawn by lot. */
async function seen(answer: Answer, typed: string): Promise<string> {
  const [local = ''] = typed.split('@');
  const domain = typed.slice(local.length);
  const mask = (text: string) =>
    text
      .replaceAll(typed, '…')
      .replaceAll(encodeURIComponent(typed), '…')
      .replaceAll(`${typed[0]}•••${domain}`, '…')
      .replaceAll(`<span>${local}</span><wbr><span>${domain}</span>`, '…')
      .replaceAll(`<span>${typed[0]}•••</span><wbr><span>${domain}</span>`, '…');
  const headers = [...answer.headers].filter(([name]) => !['set-cookie', 'content-length'].includes(name)).sort();
  const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[\w-]{43};/, '=…;'));
  return mask(JSON.stringify([answer.status, headers, cookies, await answer.text()]));
}

type Walk = { seen: string[]; hashes: number[] };

/** One person before one door: what they see at each step, and how many hashes each cost. */
function walker(browser: Browser, typed: string) {
  const walk: Walk = { seen: [], hashes: [] };
  const step = async (asked: () => Promise<Answer>) => {
    const before = hashes();
    walk.seen.push(await seen(await asked(), typed));
    walk.hashes.push(hashes() - before);
  };
  return {
    walk,
    get: (path: string) => step(() => browser.get(path)),
    post: (path: string, fields: Record<string, string>) => step(() => browser.post(path, fields)),
  };
}

const tries = 5;

async function signsIn(at: TestSite, identifiant: string, password = 'Pas le bon mot de passe'): Promise<Walk> {
  const { walk, get, post } = walker(at.browser(), identifiant);
  await post('/ouvrir-une-session', { identifiant });
  await get('/ouvrir-une-session/methode');
  await post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': '' });
  for (let n = 0; n < tries; n += 1) await post('/ouvrir-une-session/methode', { methode: 'password', 'mot-de-passe': password });
  await post('/ouvrir-une-session/methode', { methode: 'code' });
  await codes({ get, post });
  return walk;
}

async function codes({ get, post }: Pick<ReturnType<typeof walker>, 'get' | 'post'>): Promise<void> {
  await get('/code');
  for (const code of ['', ...Array<string>(6).fill('00000000')]) await post('/code', { code });
  await post('/code/renvoyer', {});
  await get('/ouvrir-un-compte/profil');
  await get('/mot-de-passe/nouveau');
}

/** Opening an account, or a password forgotten: an identifier, and the code at once. */
const asksForCode =
  (door: string) =>
  async (at: TestSite, identifiant: string): Promise<Walk> => {
    const { walk, get, post } = walker(at.browser(), identifiant);
    await post(door, { identifiant });
    await codes({ get, post });
    return walk;
  };

/** Wrong codes are `00000000`, which one in a hundred million codes is. */
const doors = {
  'signing in': signsIn,
  'opening an account': asksForCode('/ouvrir-un-compte'),
  'a password forgotten': asksForCode('/mot-de-passe'),
};

describe.each(settings)('in %s', (_where, chosen) => {
  test.each(Object.entries(doors))('000-Y3: %s shows the same bytes and costs the same hashes to everybody known and to nobody', async (door, walk) => {
    const nobody = await walk(await site(chosen), unknown);
    for (const [who, address] of Object.entries(known)) {
      const one = await walk(await site(chosen), address);
      expect(one.hashes, who).toEqual(nobody.hashes);
      expect(one.seen, who).toEqual(nobody.seen);
    }
    // One for each password that was weighed: three pass without delay.
    expect(nobody.hashes.reduce((sum, n) => sum + n, 0)).toBe(door === 'signing in' ? 3 : 0);
  });
});

/** Instants are those of the test's clock, which was moved. */
const timeless = ({ seen: pages }: Walk) => pages.map((page) => page.replaceAll(/\d\d:\d\d(?::\d\d)?|\d{4}-\d\d-\d\d/g, '…'));

describe('the same check sees a door that tells', () => {
  test('somebody known who gives the right password', async () => {
    const nobody = await signsIn(await site(), unknown, goodPassword);
    const jean = await signsIn(await site(), known['a participant with a password'], goodPassword);
    expect(timeless(jean)).not.toEqual(timeless(nobody));
  });

  test('a suspension, said to whoever knows the password and to nobody else', async () => {
    const nobody = await signsIn(await site(), unknown, goodPassword);
    const lou = await signsIn(await site(), known['somebody suspended'], goodPassword);
    expect(lou.hashes.slice(0, 4)).toEqual(nobody.hashes.slice(0, 4));
    expect(timeless(lou)[3]).not.toEqual(timeless(nobody)[3]);
  });

  test('a hasher that saves itself the work for nobody', async () => {
    const { hasher } = world.ctx;
    let worked = 0;
    const lazy: typeof hasher = {
      checkRoom: hasher.checkRoom,
      hash: hasher.hash,
      verify: (password, record) => {
        if (record === undefined) return Promise.resolve({ matches: false, needsRehash: false });
        worked += 1;
        return hasher.verify(password, record);
      },
    };
    const at = await site({ PLI_DEMO: 'on' }, { ...world.ctx, hasher: lazy });
    await signsIn(at, unknown);
    const forNobody = worked;
    await signsIn(at, known['a participant with a password']);
    expect([forNobody, worked]).toEqual([0, 3]);
  });
});

describe('links that lead nowhere', () => {
  const noToken = (bytes: number) => randomBytes(bytes).toString('base64url');

  test('000-A1: an invitation that served, one too old, one of somebody suspended and one that never was are one answer, without a hash', async () => {
    const at = await site();
    const invited = async (displayName: string, address: string) => {
      const person = await world.hire(displayName, address);
      return { ...person, token: done(await invitePerson(world.ctx, address)).token };
    };
    const old = await invited('Léa', 'lea@innovactione.example');
    world.clock.advance(4 * 86_400);
    const used = await invited('Hugo', 'hugo@innovactione.example');
    expect((await at.browser().post(`/invitation/${used.token}`, { 'mot-de-passe': goodPassword })).status).toBe(303);
    const gone = await invited('Dominique', 'dominique@innovactione.example');
    done(await suspendMember(await world.as(world.alain.profileId), { organisationId: world.organisationId, personaId: gone.personaId }));
    const answers = new Map<string, string>();
    for (const token of [noToken(32), old.token, used.token, gone.token]) {
      const { walk, get, post } = walker(at.browser(), token);
      await get(`/invitation/${token}`);
      await post(`/invitation/${token}`, { 'mot-de-passe': goodPassword });
      expect(walk.hashes).toEqual([0, 0]);
      answers.set(token, JSON.stringify(walk.seen));
    }
    expect(new Set(answers.values()).size).toBe(1);
  });

  test('S-08: a notice’s link tells nothing to somebody unknown, and a revoked one is one that never was', async () => {
    const at = await site();
    const asMarie = await world.as(world.marie.profileId);
    const conversationId = await converse(asMarie, world.marie.personaId);
    await world.runJobs();
    const [mail] = await listKeptMails(world.ctx, { to: world.jean.address, limit: 1 });
    const token = tokenOf(mail?.links);
    const paths = [token, noToken(16), 'court', `${noToken(16)}x`].map((one) => `/avis/${one}`);
    const anonymous = await Promise.all(paths.map(async (path) => (await seen(await at.browser().get(path), encodeURIComponent(path))).replaceAll(path, '…')));
    expect(new Set(anonymous).size).toBe(1);
    done(await removePerson(asMarie, { conversationId, personaId: world.marie.personaId, subjectPersonaId: world.jean.personaId }));
    const paul = await at.browserOf(world.paul.profileId);
    const strangers = await Promise.all(paths.map(async (path) => (await seen(await paul.get(path), encodeURIComponent(path))).replaceAll(path, '…')));
    expect(new Set(strangers.slice(1)).size).toBe(1);
  });

  test('000-49: an upload of somebody else’s, one posted, one given up and one that never was are one answer to every method', async () => {
    const at = await site();
    const begin = async () =>
      done(await beginUpload(await world.as(world.marie.profileId), { name: 'plan.pdf', mediaType: 'application/pdf', size: 10 })).uploadId;
    const [theirs, given] = [await begin(), await begin()];
    const ask = async (browser: Browser, method: string, id: string) => {
      const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = {
        cookie,
        origin: 'http://localhost:3000',
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      };
      const answer = await at.fetch(
        new Request(`http://localhost:3000/uploads/${id}`, { method, headers, ...(method === 'PATCH' ? { body: '0123456789' } : {}) }),
      );
      return JSON.stringify([answer.status, [...answer.headers].sort(), await answer.text()]).replaceAll(id, '…');
    };
    const marie = await at.browserOf(world.marie.profileId);
    expect(await ask(marie, 'DELETE', given)).toMatch(/^\[204/);
    const paul = await at.browserOf(world.paul.profileId);
    for (const method of ['HEAD', 'PATCH', 'DELETE']) {
      const answers = await Promise.all([theirs, given, world.ctx.newId()].map((id) => ask(paul, method, id)));
      expect(new Set(answers).size, method).toBe(1);
    }
  });
});

describe('addresses that somebody signed in types', () => {
  const told = async (browser: Browser, path: string, fieldsOf: (address: string) => Record<string, string>) => {
    const answers = new Map<string, string[]>();
    for (const address of [...Object.values(known).filter((one) => one !== 'paul.tremblay@innovactione.example'), unknown]) {
      const answer = timeless({ seen: [await seen(await browser.post(path, fieldsOf(address)), address)], hashes: [] }).join('');
      answers.set(answer, [...(answers.get(answer) ?? []), address]);
      world.clock.advance(31);
    }
    return [...answers.values()];
  };

  test('000-Y1: an address to be joined is one that somebody has as much as one that nobody has', async () => {
    const marie = await (await site()).browserOf(world.marie.profileId);
    expect(await told(marie, '/profil/adresses', (adresse) => ({ adresse }))).toHaveLength(1);
  });

  test('000-C7: whoever is no colleague in force is nobody, for a leave as for a conversation handed over', async () => {
    const asMarie = await world.as(world.marie.profileId);
    const conversationId = await converse(asMarie, world.marie.personaId, { participants: ['dominique@courriel.example'] });
    const marie = await (await site()).browserOf(world.marie.profileId);
    const leave = (collegue: string) => ({ titulaire: `${world.organisationId} ${world.marie.personaId}`, collegue, du: '2015-02-03', au: '2015-02-04' });
    expect(await told(marie, '/profil/absence', leave)).toHaveLength(1);
    expect(
      await told(marie, `/connexion/${conversationId}/gestion/transferer?persona=${world.marie.personaId}`, (successeur) => ({ successeur })),
    ).toHaveLength(1);
  });
});
