import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { countStatements } from '../../../tests/support/counted-statements.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessOneConversation } from './access.ts';
import { accessAttachment, recordDownload } from './download-attachment.ts';
import { listActivities } from './list-activities.ts';
import { postMessage } from './post-message.ts';

// A round trip each: what grows with the people or the page is what somebody waits for.
let world: Innovactione;
let marie: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  marie = await world.as(world.marie.profileId);
});
afterEach(() => world.dispose());

const newcomers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `invite.${from + n}@ailleurs.example`);

test('S-11: starting a conversation with a hundred people nobody knows takes as many statements as with one', async () => {
  const starting = (participants: string[]) => countStatements(world, marie, (ctx) => converse(ctx, world.marie.personaId, { participants }));
  await starting([world.jean.address]); // The policy is read once, and remembered.
  const one = await starting(newcomers(1));
  const hundred = await starting(newcomers(100, 1));
  expect(hundred).toBe(one);
  expect(one).toBeLessThan(30);
  // Known by now: nothing to insert, nothing to look up again.
  expect(await starting(newcomers(100, 1))).toBe(one - 2);
  const people = await world.ctx.db.selectFrom('personas').select('address_key').where('address_key', 'like', 'invite.%').execute();
  expect(people).toHaveLength(101);
});

test('two conversations started at once with the same hundred new people share them', async () => {
  const paul = await world.as(world.paul.profileId);
  const people = newcomers(100);
  await Promise.all([
    converse(marie, world.marie.personaId, { participants: people }),
    converse(paul, world.paul.personaId, { participants: people.toReversed() }),
  ]);
  const invited = await world.ctx.db.selectFrom('personas').select('id').where('address_key', 'like', 'invite.%').execute();
  const notices = await world.ctx.db.selectFrom('notices').select('id').execute();
  expect([invited.length, notices.length]).toEqual([100, 200]);
});

test('000-40: a page of activities names the files of any number of messages in as many statements', async () => {
  const conversationId = await converse(marie, world.marie.personaId);
  const counted: number[] = [];
  for (let messages = 1; messages <= 4; messages += 1) {
    const source = Readable.from([Buffer.from('le relevé')]);
    const owned = { profileId: world.marie.profileId, name: `relevé ${messages}.txt`, mediaType: 'text/plain', source, limit: 1000 };
    const { uploadId } = done(await receiveFile(marie, owned));
    const posted = await postMessage(marie, {
      conversationId,
      personaId: world.marie.personaId,
      message: 'Voici.',
      uploadIds: [uploadId],
      postKey: marie.newId(),
    });
    const { messageId } = done(posted);
    const [attachment] = await world.ctx.db.selectFrom('attachments').select('id').where('message_id', '=', messageId).execute();
    const download = await accessAttachment(marie, { conversationId, attachmentId: attachment?.id ?? '' });
    if (!download) throw new Error('Marie has joined it');
    await recordDownload(marie, download);
    const conversation = await accessOneConversation(marie, { conversationId });
    if (!conversation) throw new Error('Marie takes part');
    const names: (string | undefined)[] = [];
    counted.push(
      await countStatements(world, marie, async (ctx) => {
        const { rows } = await listActivities(ctx, conversation, { order: { by: 'date', descending: true }, page: 1 });
        names.push(...rows.flatMap(({ fileName }) => fileName ?? []));
      }),
    );
    expect(names).toHaveLength(messages);
  }
  expect(new Set(counted).size).toBe(1);
});
