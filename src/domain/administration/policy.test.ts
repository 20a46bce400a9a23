import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import {
  accessOneConversation,
  listActivities,
  listConversations,
  mayReadActivities,
  postMessage,
  startConversation,
  titleForNotice,
} from '#domain/conversations/api.ts';
import { deliverDueMails } from '#domain/notices/api.ts';
import { composeDueNotices } from '#domain/notices/compose-notices.ts';
import { policyOf } from '#domain/organisations/api.ts';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import type { PolicyDraft } from '#shared/read-policy.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessPolicy, changePolicy, removeLogo, setLogo } from './api.ts';

let world: Innovactione;
let here: { organisationId: string };
beforeEach(async () => {
  world = await makeInnovactione();
  here = { organisationId: world.organisationId };
});
afterEach(() => world.dispose());

const alain = () => world.as(world.alain.profileId);
const marie = () => world.as(world.marie.profileId);
const jean = () => world.as(world.jean.profileId);

/** Alain decides something; the rest stays. */
async function decide(change: Partial<PolicyDraft>) {
  const who = await alain();
  const { version, ...draft } = (await accessPolicy(who, world.organisationId)) ?? never();
  return done(await changePolicy(who, { ...here, version, draft: { ...draft, ...change } }));
}

function never(): never {
  throw new Error('Alain administers Innovactione');
}

async function upload(ctx: SignedInCtx, name: string, size = 10): Promise<string> {
  const source = Readable.from([Buffer.alloc(size)]);
  return done(await receiveFile(ctx, { profileId: ctx.actor.profileId, name, mediaType: 'application/octet-stream', source, limit: 1e6 })).uploadId;
}

async function start(change: object) {
  const ctx = await marie();
  const letter = { holderPersonaId: world.marie.personaId, title: 'Relevé', participants: [world.jean.address], message: 'Bonjour', uploadIds: [] };
  const started = await startConversation(ctx, { ...letter, expiresOn: undefined, postKey: ctx.newId(), ...change });
  return started.ok ? 'started' : started.refusal;
}

test('000-A3: two administrators who change one policy: the second is told, and overwrites nothing', async () => {
  const who = await alain();
  const { version, ...draft } = (await accessPolicy(who, world.organisationId)) ?? never();
  expect(version).toBe(0);
  done(await changePolicy(who, { ...here, version, draft: { ...draft, fileTypes: ['pdf'] } }));
  expect(await changePolicy(who, { ...here, version, draft: { ...draft, titleInNotices: true } })).toMatchObject({
    refusal: { code: 'policy.changed-meanwhile' },
  });
  expect(await policyOf(world.ctx, world.organisationId)).toMatchObject({ version: 1, fileTypes: ['pdf'], titleInNotices: false });
  // Sent twice, it is the same decision.
  expect(await changePolicy(who, { ...here, version, draft: { ...draft, fileTypes: ['pdf'] } })).toEqual({ ok: true, value: undefined });
  const entries = await world.ctx.db.selectFrom('audit_entries').select(['kind', 'actor_address', 'details']).execute();
  expect(entries).toEqual([
    { kind: 'policy.changed', actor_address: world.alain.address, details: { before: { 'file-types': [] }, after: { 'file-types': ['pdf'] } } },
  ]);
});

test('000-A3: nobody but an administrator of the organisation reads or changes its policy', async () => {
  const draft = (await accessPolicy(await alain(), world.organisationId)) ?? never();
  for (const who of [await marie(), await jean()]) {
    expect(await accessPolicy(who, world.organisationId)).toBeUndefined();
    const refused = [await changePolicy(who, { ...here, version: 0, draft }), await setLogo(who, { ...here, bytes: Buffer.from('x') })];
    for (const one of [...refused, await removeLogo(who, world.organisationId)]) expect(one).toMatchObject({ refusal: { code: 'organisation.not-found' } });
  }
});

test('000-A3 000-47: the default life of messages and its caps hold for new conversations', async () => {
  await decide({ expiryDays: { standard: 30, min: 7, max: 60 } });
  expect(await start({ expiresOn: '2015-02-05' })).toMatchObject({ code: 'expiry.outside-policy', data: { min: 7, max: 60 } });
  expect(await start({ expiresOn: '2015-06-05' })).toMatchObject({ code: 'expiry.outside-policy' });
  expect(await start({ expiresOn: '2015-02-09' })).toBe('started');
  const conversationId = await converse(await marie(), world.marie.personaId);
  const conversation = await accessOneConversation(await jean(), { conversationId });
  expect(conversation?.lastExpiresAt.toISOString()).toBe('2015-03-04T20:14:18.000Z');
});

test('000-A3 000-51: types and total size of documents are enforced for collaborators and participants', async () => {
  await decide({ fileTypes: ['pdf'], filesBytes: 2 * 1024 * 1024 });
  const ctx = await marie();
  expect(await start({ uploadIds: [await upload(ctx, 'virus.exe')] })).toMatchObject({
    code: 'attachment.type-not-allowed',
    data: { name: 'virus.exe', types: 'pdf' },
  });
  expect(await start({ uploadIds: [await upload(ctx, 'relevé.PDF.exe')] })).toMatchObject({ code: 'attachment.type-not-allowed' });
  expect(await start({ uploadIds: [await upload(ctx, 'sans extension')] })).toMatchObject({ code: 'attachment.type-not-allowed' });
  expect(await start({ uploadIds: [await upload(ctx, 'Relevé.PDF')] })).toBe('started');
  const heavy = [await upload(ctx, 'a.pdf', 999_999), await upload(ctx, 'b.pdf', 999_999), await upload(ctx, 'c.pdf', 999_999)];
  expect(await start({ uploadIds: heavy })).toMatchObject({ code: 'attachment.too-large', data: { limit: 2 * 1024 * 1024 } });
  const conversationId = await converse(ctx, world.marie.personaId);
  const reader = await jean();
  const answer = { conversationId, personaId: world.jean.personaId, message: '', uploadIds: [await upload(reader, 'photo.png')], postKey: '' };
  expect(await postMessage(reader, answer)).toMatchObject({ refusal: { code: 'attachment.type-not-allowed' } });
});

test('000-A3 S-01: only the domains allowed are written to, whatever the case, and those under them', async () => {
  await decide({ recipientDomains: ['courriel.example'] });
  expect(await start({ participants: ['jeand@courriel.example', 'x@autre.example', 'y@faux-courriel.example'] })).toMatchObject({
    code: 'participants.domain-not-allowed',
    data: { addresses: 'x@autre.example, y@faux-courriel.example', count: 2, domains: 'courriel.example' },
  });
  expect(await start({ participants: ['JeanD@COURRIEL.example', 'z@poste.courriel.example'] })).toBe('started');
});

test('000-39: where the organisation says so, the activities are for its collaborators alone', async () => {
  const conversationId = await converse(await marie(), world.marie.personaId, { participants: [world.jean.address, world.paul.address] });
  const lines = async (who: SignedInCtx) => {
    const conversation = (await accessOneConversation(who, { conversationId })) ?? never();
    const { total } = await listActivities(who, conversation, { order: { by: 'date', descending: true }, page: 1 });
    return { total: total > 0, may: await mayReadActivities(who, conversation) };
  };
  const listed = async () =>
    (await listConversations(await jean(), { personaId: world.jean.personaId, page: 1, size: 10, order: 'newest' }))?.rows[0]?.activities;
  expect(await lines(await jean())).toEqual({ total: true, may: true });
  expect(await listed()).toBe(true);
  await decide({ activitiesForParticipants: false });
  expect(await lines(await jean())).toEqual({ total: false, may: false });
  expect(await listed()).toBe(false);
  for (const who of [await marie(), await world.as(world.paul.profileId)]) expect(await lines(who)).toEqual({ total: true, may: true });
});

async function noticeOf(locale: string) {
  await deliverDueMails(world.ctx, {
    publicUrl: () => new URL('https://pli.innovactione.example'),
    fromAddress: 'connexion@pli.innovactione.example',
    mailer: keptMailer(world.ctx.db),
    titleOf: titleForNotice,
  });
  const mails = world.ctx.db.selectFrom('outgoing_mails').select(['subject', 'body_text', 'body_html', 'locale']).where('kind', '=', 'notice');
  const last = await mails.orderBy('seq', 'desc').limit(1).executeTakeFirstOrThrow();
  expect(last.locale).toBe(locale);
  return `${last.subject} ${last.body_text} ${last.body_html}`;
}

test('000-12: the title is in no notice, unless the organisation has decided that it is', async () => {
  await converse(await marie(), world.marie.personaId, { title: 'Résultat canari' });
  expect(await noticeOf('fr-CA')).not.toContain('canari');
  await decide({ titleInNotices: true });
  await converse(await marie(), world.marie.personaId, { title: 'Résultat canari', message: 'texte secret' });
  const notice = await noticeOf('fr-CA');
  expect(notice).toContain('Résultat canari');
  expect(notice).not.toContain('secret');
  expect(notice).not.toContain('ni titre');
});

test('000-A3: a notice has the organisation’s own sentence, in a language it writes in', async () => {
  await decide({ noticeWording: { fr: 'Les notaires du quai.', en: 'The notaries of the quay.' } });
  await converse(await marie(), world.marie.personaId);
  expect(await noticeOf('fr-CA')).toContain('Les notaires du quai.');
  await decide({ locales: ['en'] });
  await converse(await marie(), world.marie.personaId);
  expect(await noticeOf('en')).toContain('The notaries of the quay.');
  await composeDueNotices(world.ctx, {});
});

test('000-A3: the policy asks nothing of the database while it is fresh', async () => {
  const known = await policyOf(world.ctx, world.organisationId);
  const blind = { ...world.ctx, db: undefined as never }; // any question asked of it throws
  for (let n = 0; n < 50; n++) expect(await policyOf(blind, world.organisationId)).toBe(known);
  await decide({ fileTypes: ['pdf'] });
  expect((await policyOf(world.ctx, world.organisationId)).fileTypes).toEqual(['pdf']);
});

const png = (width: number, height: number) => {
  const bytes = Buffer.alloc(60);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
};

test('000-A3: a logo is a small picture by its bytes, not by its name', async () => {
  const set = async (bytes: Buffer) => {
    const done = await setLogo(await alain(), { ...here, bytes });
    return done.ok ? 'set' : done.refusal.code;
  };
  expect(await set(Buffer.alloc(0))).toBe('policy.logo-none');
  expect(await set(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'))).toBe('policy.logo-format');
  expect(await set(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))).toBe('policy.logo-format');
  expect(await set(Buffer.alloc(102_401))).toBe('policy.logo-size');
  expect(await set(png(4000, 20))).toBe('policy.logo-dimensions');
  expect(await set(png(120, 40))).toBe('set');
  expect(await removeLogo(await alain(), world.organisationId)).toMatchObject({ ok: true });
});
