import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Storage } from '#platform/storage/storage.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { discardUploads, receiveFile, removeBlobs } from './api.ts';

let world: Innovactione;

beforeEach(async () => {
  world = await makeInnovactione();
});
afterEach(() => world.dispose());

function send(profileId: string, name = 'relevé.pdf') {
  return receiveFile(world.ctx, { profileId, name, mediaType: 'application/pdf', source: Readable.from([Buffer.from('contenu')]), limit: 1000 });
}

test('a person who has 4 GiB waiting sends no more before posting, and others still do', async () => {
  const { uploadId } = done(await send(world.jean.profileId));
  const size = conversationLimits.waitingBytes - 5;
  await world.ctx.db.updateTable('uploads').set({ size }).where('id', '=', uploadId).execute();
  expect(await send(world.jean.profileId)).toMatchObject({ refusal: { code: 'attachment.too-much-waiting' } });
  expect(await world.ctx.db.selectFrom('uploads').select('id').execute()).toEqual([{ id: uploadId }]);
  expect((await send(world.marie.profileId)).ok).toBe(true);
});

test('a person has 200 files waiting at most', async () => {
  for (let n = 0; n < conversationLimits.waitingFiles; n++) done(await send(world.jean.profileId));
  expect(await send(world.jean.profileId)).toMatchObject({ refusal: { code: 'attachment.too-much-waiting' } });
});

test('of several files that come at once into the room of one, one at most is let in, and none stays that was not', async () => {
  const { uploadId } = done(await send(world.jean.profileId));
  await world.ctx.db
    .updateTable('uploads')
    .set({ size: conversationLimits.waitingBytes - 1000 })
    .where('id', '=', uploadId)
    .execute();
  const sent = await Promise.all(Array.from({ length: 8 }, () => send(world.jean.profileId)));
  const admitted = sent.filter((one) => one.ok).length;
  expect(admitted).toBeLessThanOrEqual(1);
  expect(await world.ctx.db.selectFrom('uploads').select('id').execute()).toHaveLength(1 + admitted);
  // Nothing of the refused holds the room: the next one is let in, or the one that was is there.
  expect((await send(world.jean.profileId)).ok).toBe(admitted === 0);
});

test('marks that turn the reading of a name around are left out of it', async () => {
  expect(done(await send(world.jean.profileId, 'facture\u202efdp.exe')).name).toBe('facturefdp.exe');
});

test('a file that is still arriving after 24 h is refused, and none of its bytes stay', async () => {
  let id = '';
  async function* slow() {
    yield Buffer.from('hier');
    ({ id } = await world.ctx.db.selectFrom('uploads').select('id').executeTakeFirstOrThrow());
    world.clock.advance(86_400);
    await discardUploads(world.ctx);
    await removeBlobs(world.ctx);
    yield Buffer.from('aujourd’hui');
  }
  const incoming = { profileId: world.jean.profileId, name: 'plan.pdf', mediaType: 'application/pdf', source: Readable.from(slow()), limit: 1000 };
  expect(await receiveFile(world.ctx, incoming)).toMatchObject({ refusal: { code: 'attachment.not-ready' } });
  await expect(world.ctx.storage.read(id, Buffer.alloc(32))).rejects.toThrow('There is no blob');
});

test('a database that fails once the bytes are whole leaves no byte without an owner', async () => {
  let id = '';
  const storage: Storage = {
    ...world.ctx.storage,
    async write(...blob) {
      [id] = blob;
      const written = await world.ctx.storage.write(...blob);
      await world.database.administer(`alter table uploads add constraint broken check (state <> 'ready') not valid`);
      return written;
    },
  };
  const incoming = { profileId: world.jean.profileId, name: 'plan.pdf', mediaType: 'application/pdf', source: Readable.from([Buffer.from('x')]), limit: 1000 };
  await expect(receiveFile({ ...world.ctx, storage }, incoming)).rejects.toThrow('broken');
  await expect(world.ctx.storage.read(id, Buffer.alloc(32))).rejects.toThrow('There is no blob');
  expect(await world.ctx.db.selectFrom('uploads').select('id').execute()).toEqual([]);
});
