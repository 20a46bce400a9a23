import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { invitePerson } from '#domain/administration/api.ts';
import { beginUpload } from '#domain/attachments/api.ts';
import { addMembership } from '#domain/organisations/api.ts';
import { createProfile } from '#domain/people/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../support/people.ts';
import { type Answer, type Browser, makeSite, origin, type TestSite } from '../support/site.ts';
import { goodPassword } from '../support/visitor.ts';

/** As many as that at the same moment, of each thing that serves once. */
const together = 50;

let world: Innovactione;
let site: TestSite;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
});
afterEach(async () => {
  site.streams.close();
  await world.dispose();
});

/** Browsers with the same cookies: tabs, or somebody who stole them. */
function tabs(browser: Browser, count = together): Browser[] {
  return Array.from({ length: count }, () => {
    const tab = site.browser();
    for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
    return tab;
  });
}

const at = (answer: Answer) => answer.headers.get('location')?.split('#')[0] ?? '';
const isSignedIn = (answer: Answer) => answer.headers.getSetCookie().some((line) => /^pli-session=[\w-]{43}/.test(line));
const count = async (table: 'sessions' | 'profiles' | 'messages' | 'conversations' | 'attachments' | 'openings' | 'reminders' | 'password_tries') =>
  Number(
    (
      await world.ctx.db
        .selectFrom(table)
        .select((row) => row.fn.countAll().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  );

/** The same program over a database that forgets that something has served: what the checks below are then to find. */
async function forgetting(table: string, columns: Record<string, string>): Promise<void> {
  const forget = Object.entries(columns).map(([column, value]) => `new.${column} := ${value};`);
  const body = `create function forget_${table}() returns trigger language plpgsql as $$ begin ${forget.join(' ')} return new; end $$`;
  await world.database.administer(body);
  await world.database.administer(`create trigger forget before insert or update on ${table} for each row execute function forget_${table}()`);
}
const forgettingFlows = () => forgetting('sign_in_flows', { code_used_at: 'null', ended_at: 'null', code_tries: '0' });

const jean = 'jeand@courriel.example';

async function withCode(door: string, address: string): Promise<{ browser: Browser; code: string }> {
  const browser = site.browser();
  await browser.post(door, { identifiant: address });
  if (door === '/ouvrir-une-session') await browser.post('/ouvrir-une-session/methode', { methode: 'code' });
  return { browser, code: await world.lastCode(address) };
}

describe('fifty at the same moment', () => {
  const signIns = async () => {
    const { browser, code } = await withCode('/ouvrir-une-session', jean);
    const before = await count('sessions');
    const answers = await Promise.all(tabs(browser).map((tab) => tab.post('/code', { code })));
    return { winners: answers.filter(isSignedIn).length, sessions: (await count('sessions')) - before };
  };

  test('S-14: a code opens one session', async () => {
    expect(await signIns()).toEqual({ winners: 1, sessions: 1 });
  });

  test('S-14: where the database forgets that a code has served, the same check finds more', async () => {
    await forgettingFlows();
    const { winners, sessions } = await signIns();
    expect([winners > 1, sessions > 1]).toEqual([true, true]);
  });

  const resets = async () => {
    const { browser, code } = await withCode('/mot-de-passe', jean);
    await browser.post('/code', { code });
    const passwords = Array.from({ length: together }, (_, n) => `Canot vert numéro ${n} au quai`);
    const before = (await world.mails(jean)).filter(({ kind }) => kind === 'alert').length;
    const answers = await Promise.all(tabs(browser).map((tab, n) => tab.post('/mot-de-passe/nouveau', { 'mot-de-passe': passwords[n] ?? '' })));
    const alerts = (await world.mails(jean)).filter(({ kind }) => kind === 'alert').length - before;
    return { winners: answers.filter((answer) => at(answer) === '/ouvrir-une-session').length, alerts };
  };

  test('000-15: the proof of a reset sets one password, told once', async () => {
    expect(await resets()).toEqual({ winners: 1, alerts: 1 });
  });

  test('000-15: where the database forgets that a flow is over, the same check finds more', async () => {
    await forgettingFlows();
    expect((await resets()).winners).toBeGreaterThan(1);
  });

  const invitations = async () => {
    const created = done(await createProfile(world.ctx, { displayName: 'Karim Benali', addresses: ['karim.benali@innovactione.example'] }));
    const personaId = created.personas[0]?.id ?? '';
    done(await addMembership(world.ctx, { organisationId: world.organisationId, personaId, role: 'collaborator' }));
    const { token } = done(await invitePerson(world.ctx, 'karim.benali@innovactione.example'));
    const before = await count('sessions');
    const answers = await Promise.all(
      tabs(site.browser()).map((tab, n) => tab.post(`/invitation/${token}`, { 'mot-de-passe': `Canot vert numéro ${n} au quai` })),
    );
    return { winners: answers.filter(isSignedIn).length, sessions: (await count('sessions')) - before };
  };

  test('000-A1: an invitation lets one in', async () => {
    expect(await invitations()).toEqual({ winners: 1, sessions: 1 });
  });

  test('000-A1: where the database forgets that it has served, the same check finds more', async () => {
    await forgetting('invitations', { used_at: 'null' });
    expect((await invitations()).winners).toBeGreaterThan(1);
  });

  const openings = async () => {
    const { browser, code } = await withCode('/ouvrir-un-compte', world.nadiaAddress);
    await browser.post('/code', { code });
    const before = await count('profiles');
    const names = Array.from({ length: together }, (_, n) => `Nadia Roy ${n}`);
    const answers = await Promise.all(
      tabs(browser).map((tab, n) => tab.post('/ouvrir-un-compte/profil', { nom: names[n] ?? '', 'mot-de-passe': goodPassword })),
    );
    return { winners: answers.filter(isSignedIn).length, profiles: (await count('profiles')) - before };
  };

  test('000-15: the proof of an address opens one account', async () => {
    expect(await openings()).toEqual({ winners: 1, profiles: 1 });
  });

  test('000-Y1: the code of a further address joins it once, and tells of it once', async () => {
    const browser = await site.browserOf(world.marie.profileId);
    await browser.post('/profil/adresses', { adresse: 'marie@courriel.example' });
    const code = await world.lastCode('marie@courriel.example');
    const before = (await world.mails()).filter(({ kind }) => kind === 'alert').length;
    const answers = await Promise.all(tabs(browser).map((tab) => tab.post('/profil/adresses/code', { code })));
    const personas = await world.ctx.db.selectFrom('personas').select('id').where('profile_id', '=', world.marie.profileId).execute();
    const told = (await world.mails()).filter(({ kind }) => kind === 'alert').slice(before);
    expect(personas).toHaveLength(2);
    // Each of the two addresses once.
    expect(new Set(told.map(({ to }) => to)).size).toBe(told.length);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

describe('fifty posts at the same moment', () => {
  const post = async (keys: readonly string[]) => {
    const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId);
    const marie = await site.browserOf(world.marie.profileId);
    const before = await count('messages');
    const answers = await Promise.all(
      tabs(marie, keys.length).map((tab, n) =>
        tab.post(`/connexion/${conversationId}/messages?persona=${world.marie.personaId}`, { message: 'Voici.', cle: keys[n] ?? '' }),
      ),
    );
    return { acknowledged: answers.filter(({ status }) => status === 303).length, messages: (await count('messages')) - before };
  };
  const sameKey = () => post(Array<string>(together).fill(world.ctx.newId()));

  test('000-53: with one key are one message, acknowledged to each', async () => {
    expect(await sameKey()).toEqual({ acknowledged: together, messages: 1 });
    await world.runJobs();
    expect((await world.mails(jean)).filter(({ kind }) => kind === 'notice').length).toBeLessThanOrEqual(2);
  });

  test('000-53: where the database loses the key, the same check finds fifty', async () => {
    await forgetting('messages', { post_key: 'gen_random_uuid()::text' });
    expect((await sameKey()).messages).toBe(together);
  });

  test('000-53: a new conversation with one key is one conversation', async () => {
    const marie = await site.browserOf(world.marie.profileId);
    const letter = { titulaire: world.marie.personaId, titre: 'Relevé', participants: jean, message: 'Voici.', cle: world.ctx.newId() };
    const answers = await Promise.all(tabs(marie).map((tab) => tab.post('/connexion/nouvelle', letter)));
    expect(new Set(answers.map((answer) => [answer.status, at(answer)].join(' '))).size).toBe(1);
    expect([await count('conversations'), await count('messages')]).toEqual([1, 1]);
  });

  const claims = async (files: number) => {
    const asMarie = await world.as(world.marie.profileId);
    const conversationId = await converse(asMarie, world.marie.personaId);
    const marie = await site.browserOf(world.marie.profileId);
    const ids: string[] = [];
    for (let n = 0; n < files; n += 1) ids.push(await uploaded(marie, 10));
    const answers = await Promise.all(
      tabs(marie).map((tab, n) =>
        tab.post(`/connexion/${conversationId}/messages?persona=${world.marie.personaId}`, {
          message: 'Voici.',
          cle: world.ctx.newId(),
          'fichier-recu': ids[n % files] ?? '',
        }),
      ),
    );
    return { winners: answers.filter(({ status }) => status === 303).length, attachments: await count('attachments') };
  };

  test('000-49: with one file and fifty keys, the file goes with one of them', async () => {
    expect(await claims(1)).toEqual({ winners: 1, attachments: 1 });
  });

  test('000-49: with fifty files and fifty keys, each goes with its own: the same check counts fifty', async () => {
    expect(await claims(together)).toEqual({ winners: together, attachments: together });
  });

  test('000-41: an envelope is opened once', async () => {
    const asMarie = await world.as(world.marie.profileId);
    const conversationId = await converse(asMarie, world.marie.personaId);
    const { id } = await world.ctx.db.selectFrom('messages').select('id').executeTakeFirstOrThrow();
    const reader = await site.browserOf(world.jean.profileId);
    const answers = await Promise.all(
      tabs(reader).map((tab) => tab.post(`/connexion/${conversationId}/messages/${id}/ouvrir?persona=${world.jean.personaId}`, {})),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]));
    expect(await count('openings')).toBe(1);
  });
});

describe('an upload', () => {
  test('000-49: whose last part is sent fifty times at the same moment is finished by one, and is what it was', async () => {
    const marie = await site.browserOf(world.marie.profileId);
    const content = randomBytes(3 * 65_536 + 7);
    const id = await begun(content.length);
    await part(marie, id, 0, content.subarray(0, 65_536));
    const rest = content.subarray(65_536);
    const answers = await Promise.all(Array.from({ length: together }, () => part(marie, id, 65_536, rest)));
    const winners = answers.filter(({ status }) => status === 204);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => ![204, 409, 423].includes(status))).toEqual([]);
    const { state, received } = await world.ctx.db.selectFrom('uploads').select(['state', 'received']).where('id', '=', id).executeTakeFirstOrThrow();
    expect([state, Number(received)]).toEqual(['ready', content.length]);
  });

  test('000-49: of which there are fifty, each is finished', async () => {
    const marie = await site.browserOf(world.marie.profileId);
    const ids = await Promise.all(Array.from({ length: together }, () => begun(10)));
    const answers = await Promise.all(ids.map((id) => part(marie, id, 0, Buffer.alloc(10))));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(together);
  });
});

async function begun(size: number): Promise<string> {
  return done(await beginUpload(await world.as(world.marie.profileId), { name: 'plan.pdf', mediaType: 'application/pdf', size })).uploadId;
}

async function uploaded(browser: Browser, size: number): Promise<string> {
  const id = await begun(size);
  expect((await part(browser, id, 0, Buffer.alloc(size))).status).toBe(204);
  return id;
}

async function part(browser: Browser, id: string, offset: number, bytes: Uint8Array): Promise<Response> {
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const headers = { cookie, origin, 'tus-resumable': '1.0.0', 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  return site.fetch(new Request(`${origin}/uploads/${id}`, { method: 'PATCH', headers, body: new Uint8Array(bytes) }));
}
