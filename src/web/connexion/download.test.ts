import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { receiveFile } from '#domain/attachments/api.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { type Browser, makeSite, type TestSite } from '../../../tests/support/site.ts';

let world: Innovactione;
let site: TestSite;
let marie: Browser;

beforeEach(async () => {
  world = await makeInnovactione();
  site = await makeSite(world);
  marie = await site.browserOf(world.marie.profileId);
});
afterEach(() => world.dispose());

async function sent(mediaType: string): Promise<string> {
  const source = Readable.from([Buffer.from('contenu')]);
  const { uploadId } = done(await receiveFile(world.ctx, { profileId: world.marie.profileId, name: 'fichier', mediaType, source, limit: 1000 }));
  const conversationId = await converse(await world.as(world.marie.profileId), world.marie.personaId, { uploadIds: [uploadId] });
  return `/connexion/${conversationId}/pieces/${uploadId}?persona=${world.marie.personaId}`;
}

test.each([
  ['text/html'],
  ['TEXT/HTML'],
  ['application/xhtml+xml'],
  ['text/vnd.turbo-stream.html'],
  ['text/javascript'],
  ['application/x-ecmascript'],
  ['text/jscript'],
  ['text/css'],
  ['image/svg+xml'],
  ['text/xml'],
  ['application/wasm'],
  ['text/html; charset=utf-8'],
])('000-50: a file of the active type %s is given as plain bytes: neither our policy nor Turbo takes it for ours', async (mediaType) => {
  const answer = await marie.get(await sent(mediaType));
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
});

test.each([['application/pdf'], ['text/plain'], ['image/jpeg'], ['application/vnd.openxmlformats-officedocument.wordprocessingml.document']])(
  '000-50: %s keeps its type',
  async (mediaType) => {
    expect((await marie.get(await sent(mediaType))).headers.get('content-type')).toBe(mediaType);
  },
);

test('000-50: a file never serves as a script, a style or a frame of a page', async () => {
  const href = await sent('text/plain');
  for (const dest of ['script', 'style', 'worker', 'serviceworker', 'iframe', 'embed'])
    expect((await marie.get(href, { 'sec-fetch-dest': dest })).status).toBe(404);
  for (const dest of ['document', 'empty']) expect((await marie.get(href, { 'sec-fetch-dest': dest })).status).toBe(200);
});

test('000-49: somebody who clicks a file once signed out comes back to its conversation: a sign-in cannot end on a file', async () => {
  const href = await sent('text/plain');
  const page = href.replace(/\/pieces\/[^?]+/u, '');
  const answer = await site.browser().get(href);
  expect([answer.status, answer.headers.get('location')]).toEqual([303, `/ouvrir-une-session?retour=${encodeURIComponent(page)}`]);
});

test('000-40: a download that cannot be written in the activities gives nothing, and leaves no file open', async () => {
  const href = await sent('text/plain');
  const read: Readable[] = [];
  const { storage } = world.ctx;
  world.ctx.storage = {
    ...storage,
    read: async (...asked) => {
      const stream = await storage.read(...asked);
      read.push(stream);
      return stream;
    },
  };
  await world.ctx.db.schema.dropTable('downloads').execute();
  expect((await marie.get(href)).status).toBe(500);
  expect(read.map((stream) => stream.destroyed)).toEqual([true]);
});
