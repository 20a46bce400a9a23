import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import type { HTMLElement } from 'node-html-parser';
import { parse } from 'node-html-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { receiveFile } from '#domain/attachments/api.ts';
import { addPeople, postMessage, titleForNotice } from '#domain/conversations/api.ts';
import { deliverDueMails, listKeptMails } from '#domain/notices/api.ts';
import { createProfile } from '#domain/people/api.ts';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import { conversationLimits, richTextField } from '#shared/conversations.ts';
import { foldName, limits, nameFault } from '#shared/people.ts';
import { noticeWordingLength } from '#shared/policy.ts';
import { policyRefusals, readPolicy } from '#shared/read-policy.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Answer, type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

const require = createRequire(import.meta.url);
/** The Big List of Naughty Strings: what has broken programs that take text. */
const naughty: string[] = require('big-list-of-naughty-strings');
const controls = /\p{Cc}/u;

let world: Innovactione;
let site: TestSite;
let marie: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
});
afterEach(() => world.dispose());

/** As many strings together as fit in `most` characters, between marks that no trimming takes. */
function packed(strings: readonly string[], most: number): string[] {
  const packs: string[] = [];
  let pack = '«';
  for (const string of strings.filter((one) => one.length + 2 <= most)) {
    if (pack.length + string.length + 2 > most) {
      packs.push(`${pack}»`);
      pack = '«';
    }
    pack += `${pack === '«' ? '' : '¦'}${string}`;
  }
  return [...packs, `${pack}»`];
}

/** What a page is made of, without what it says: every element with the names of its attributes, in order. */
const shape = (page: HTMLElement) => page.querySelectorAll('*').map((element) => `${element.rawTagName} ${Object.keys(element.attributes).sort().join(' ')}`);

const addressOf = (answer: Answer) => (answer.headers.get('location') ?? '').split('#')[0] ?? '';
const letter = (fields: Record<string, string>) => ({
  titulaire: world.marie.personaId,
  titre: 'Relevé',
  participants: world.jean.address,
  message: 'Voici.',
  cle: world.ctx.newId(),
  ...fields,
});

test('000-24 000-12: as a title each is shown as typed, in the list, in its page, and in the notice of an organisation that asks for it', async () => {
  const alain = await site.browserOf(world.alain.profileId);
  const policy = { version: '0', 'expiration-min': '1', 'expiration-max': '366', taille: '1024', 'langue-fr-CA': 'on', couleurs: 'pli', activites: 'tous' };
  expect((await alain.post('/administration/innovactione/politique', { ...policy, 'titre-avis': 'on' })).status).toBe(303);
  const titles = ['x', ...packed(naughty, conversationLimits.title)];
  const shown: { title: string; page: HTMLElement; mail: HTMLElement }[] = [];
  for (const [n, title] of titles.entries()) {
    const to = `lecteur.${n}@ailleurs.example`;
    const started = await marie.post('/connexion/nouvelle', letter({ titre: title, participants: to }));
    expect(started.status, title).toBe(303);
    await deliverWithTitles();
    const [mail] = await listKeptMails(world.ctx, { to, limit: 1 });
    await marie.get(addressOf(started));
    // Read a second time: nothing is said of a success any more.
    shown.push({ title, page: await (await marie.get(addressOf(started))).page(), mail: parse(mail?.html ?? '') });
  }
  const [neutral] = shown;
  for (const { title, page, mail } of shown) {
    expect(page.querySelector('h1')?.text).toBe(title);
    expect(shape(page), title).toEqual(shape(neutral?.page ?? page));
    expect(shape(mail), title).toEqual(shape(neutral?.mail ?? mail));
    expect(oneLine(mail.text), title).toContain(oneLine(title));
  }
  const listed: string[] = [];
  for (let page = 1; page <= Math.ceil(titles.length / 30); page++) {
    const list = await (await marie.get(`/connexion?taille=30&page=${page}`)).page();
    listed.push(...list.querySelectorAll('.ttl').map((link) => link.text));
  }
  expect(listed).toEqual(titles.toReversed());
}, 60_000);

/** Without what a mail cannot say: a control character becomes a space. */
const oneLine = (text: string) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ');

function deliverWithTitles() {
  const publicUrl = () => new URL('https://pli.innovactione.example');
  const mailer = keptMailer(world.ctx.db);
  return deliverDueMails(world.ctx, { publicUrl, fromAddress: 'connexion@pli.innovactione.example', mailer, titleOf: titleForNotice });
}

test('what is only blank, or too long, is refused as a title with the reason, and comes back as typed', async () => {
  const long = naughty.filter((string) => string.length > conversationLimits.title);
  const blank = naughty.filter((string) => string.trim() === '');
  expect([long.length > 0, blank.length > 0]).toEqual([true, true]);
  for (const title of [...long, ...blank]) {
    const refused = await marie.post('/connexion/nouvelle', letter({ titre: title }));
    const page = await refused.page();
    expect(refused.status).toBe(422);
    expect(page.querySelector('#titre')?.getAttribute('value') ?? '').toBe(title);
    expect(page.querySelector('[role=alert]')?.text).toMatch(title.trim() === '' ? /titre/iu : /200/u);
  }
});

test('000-54: in a message, plain or formatted, each is read as it was written, and makes no element', async () => {
  const written = naughty.filter((string) => string.trim() !== '');
  const saying = async (strings: readonly string[], rich: boolean) => {
    const tree = { type: 'doc', content: strings.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'bold' }] }] })) };
    const started = await marie.post(
      '/connexion/nouvelle',
      letter({ message: strings.join('\n\n'), ...(rich ? { [richTextField]: JSON.stringify(tree) } : {}) }),
    );
    expect(started.status).toBe(303);
    return (await marie.get(addressOf(started))).page();
  };
  for (const rich of [false, true]) {
    const page = await saying(written, rich);
    expect(page.querySelectorAll('.said p').map((paragraph) => paragraph.text)).toEqual(written);
    expect(shape(page)).toEqual(
      shape(
        await saying(
          written.map(() => 'x'),
          rich,
        ),
      ),
    );
  }
});

test('000-49 S-18: as the name of a file each is what the page shows and the download is called, or is refused with the reason', async () => {
  const ctx = await world.as(world.marie.profileId);
  const conversationId = await converse(ctx, world.marie.personaId);
  const outcomes = { kept: 0, refused: 0 };
  const expected: string[] = [];
  let uploadIds: string[] = [];
  const post = async () => {
    const message = { conversationId, personaId: world.marie.personaId, message: 'Voici.', uploadIds, postKey: ctx.newId() };
    done(await postMessage(ctx, message));
    const page = await (await marie.get(`/connexion/${conversationId}?persona=${world.marie.personaId}`)).page();
    const links = page.querySelectorAll('.msg').at(-1)?.querySelectorAll('a[href*="/pieces/"]') ?? [];
    expect(links.map((link) => link.getAttribute('title') ?? link.querySelector('.name')?.text ?? link.text)).toEqual(expected.splice(0));
    const [first] = links;
    const disposition = (await marie.get(first?.getAttribute('href')?.replaceAll('&amp;', '&') ?? '')).headers.get('content-disposition') ?? '';
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.~%!#$&+^`|-]+$/u);
    uploadIds = [];
  };
  for (const name of naughty) {
    const file = { profileId: world.marie.profileId, name, mediaType: 'text/plain', source: Readable.from([Buffer.from('x')]), limit: 10 };
    const received = await receiveFile(ctx, file);
    if (!received.ok) {
      expect(['text.unreadable', 'attachment.name-too-long'], name).toContain(received.refusal.code);
      expect(name).toMatch(controls);
      outcomes.refused += 1;
      continue;
    }
    // Only the last part of a path, without the marks that turn the reading around.
    const kept =
      name
        .split(/[/\\]/u)
        .at(-1)
        ?.replaceAll(/\p{Bidi_Control}/gu, '')
        .trim() || 'document';
    expected.push(kept);
    uploadIds.push(received.value.uploadId);
    outcomes.kept += 1;
    if (uploadIds.length === conversationLimits.files) await post();
  }
  await post();
  expect(outcomes.kept).toBeGreaterThan(400);
}, 60_000);

test('000-A2 S-10: as somebody’s name each is read by the others as it was given, or is refused with the reason', async () => {
  const ctx = await world.as(world.marie.profileId);
  for (const name of naughty) expect(nameFault(name), name).toBe(expectedFault(name));
  const names = packed(
    naughty.filter((name) => !controls.test(name.trim())),
    limits.displayName,
  );
  for (let from = 0; from < names.length; from += 100) {
    const some = names.slice(from, from + 100);
    const addresses = some.map((_, n) => `invite.${from + n}@ailleurs.example`);
    for (const [n, displayName] of some.entries()) done(await createProfile(world.ctx, { displayName, addresses: addresses.slice(n, n + 1) }));
    const conversationId = await converse(ctx, world.marie.personaId, { participants: [addresses[0] ?? ''] });
    const path = `/connexion/${conversationId}?persona=${world.marie.personaId}`;
    if (addresses.length > 1) {
      const added = { conversationId, personaId: world.marie.personaId, addresses: addresses.slice(1), role: 'participant' as const, past: true };
      done(await addPeople(ctx, added));
    }
    const page = await (await marie.get(path)).page();
    const read = page.querySelectorAll('.people-fold .people li').map((person) => [...(person.querySelectorAll('span')[1]?.childNodes ?? [])][0]?.text);
    for (const name of some) expect(read, name).toContain(foldName(name));
    expect(page.querySelectorAll('.people-fold .people li script, .people-fold .people li img, .people-fold .people li iframe')).toEqual([]);
  }
}, 60_000);

function expectedFault(name: string) {
  if (controls.test(name.trim())) return 'person.name-unreadable';
  if (foldName(name) === '') return 'person.name-missing';
  return [...foldName(name)].length > limits.displayName ? 'person.name-too-long' : undefined;
}

test('000-A3: as the organisation’s own sentence each is in the policy and in the notice as decided, or is refused with the reason', async () => {
  const base = { 'expiration-min': '1', 'expiration-max': '366', taille: '1024', 'langue-fr-CA': 'on', couleurs: 'pli', activites: 'tous' };
  const accepted = naughty.filter((sentence) => {
    const read = readPolicy({ ...base, 'phrase-fr': sentence });
    if (!read.ok) for (const { field, code } of read.faults) expect([field, policyRefusals.includes(code)], sentence).toEqual(['phrase-fr', true]);
    return read.ok && sentence.trim() !== '';
  });
  expect(accepted.length).toBeGreaterThan(300);
  const alain = await site.browserOf(world.alain.profileId);
  const ctx = await world.as(world.marie.profileId);
  let version = '0';
  // Strings that are no link each may make one together.
  const packs = packed(accepted, noticeWordingLength).filter((pack) => readPolicy({ ...base, 'phrase-fr': pack }).ok);
  expect(packs.length).toBeGreaterThan(50);
  let neutral: string[] | undefined;
  for (const [n, pack] of ['x', ...packs].entries()) {
    expect((await alain.post('/administration/innovactione/politique', { ...base, 'phrase-fr': pack, version })).status, pack).toBe(303);
    const page = await (await alain.get('/administration/innovactione/politique')).page();
    version = page.querySelector('input[name=version]')?.getAttribute('value') ?? '';
    const read = readPolicy({ ...base, 'phrase-fr': pack });
    const kept = read.ok ? (read.value.noticeWording.fr ?? '') : '';
    expect(page.querySelector('[name=phrase-fr]')?.getAttribute('value') ?? page.querySelector('[name=phrase-fr]')?.text).toBe(kept);
    const to = `lecteur.${n}@ailleurs.example`;
    await converse(ctx, world.marie.personaId, { participants: [to] });
    await world.runJobs();
    const [mail] = await listKeptMails(world.ctx, { to, limit: 1 });
    const html = parse(mail?.html ?? '');
    expect(html.text.replaceAll(/\s+/gu, ' ')).toContain(kept);
    neutral ??= shape(html);
    expect(shape(html), pack).toEqual(neutral);
  }
}, 60_000);

test('000-55: in every field of a draft each is found again as it was left', async () => {
  const fields = { titre: naughty.join('¦'), participants: naughty.join('\n'), message: naughty.join('\n') };
  const saved = await marie.post('/connexion/nouvelle/brouillon', { ...fields, cle: world.ctx.newId(), brouillon: '0' }, { accept: 'application/json' });
  expect(saved.status).toBe(200);
  const page = await (await (await site.browserOf(world.marie.profileId)).get('/connexion/nouvelle')).page();
  expect(page.querySelector('#titre')?.getAttribute('value')).toBe(fields.titre);
  // A browser drops the first line end of a text area.
  for (const name of ['participants', 'message'] as const) expect(page.querySelector(`#${name}`)?.text.replace(/^\n/u, '')).toBe(fields[name]);
}, 60_000);
