import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sealBytes } from '#platform/keys/seal.ts';
import type { RichText } from '#shared/rich-text.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessOneConversation } from './access.ts';
import { decodeBody, encodeBody } from './message-body.ts';
import { openMessage } from './open-message.ts';
import { postMessage } from './post-message.ts';
import { readThread } from './read-thread.ts';

const canary = 'Zèbre-Quartz-7731';
const richText: RichText = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: canary, marks: [{ type: 'bold' }] }] }] };

describe('what is sealed of a message', () => {
  test('a text is its own bytes, as before there was any formatting', () => {
    for (const text of ['', 'Bonjour', 'rich-text/1\n{"type":"doc"}', '{"type":"doc","content":[]}', '\u0001x']) {
      expect(encodeBody({ text }).toString()).toBe(text);
      expect(decodeBody(Buffer.from(text))).toEqual({ text });
    }
  });

  test('a formatted message says its text too', () => {
    expect(decodeBody(encodeBody({ text: 'autre chose', richText }))).toEqual({ text: canary, richText });
  });

  test('a text that would pass for a formatted message is never sealed, and an unknown form is a breakdown', () => {
    expect(() => encodeBody({ text: '\0rich-text/1\n{"type":"doc","content":[]}' })).toThrow('NUL');
    expect(() => decodeBody(Buffer.from('\0rich-text/2\n{}'))).toThrow('does not know');
  });
});

describe('in a conversation', () => {
  let world: Innovactione;
  beforeEach(async () => {
    world = await makeInnovactione();
  });
  afterEach(() => world.dispose());

  test('S-03 000-41: a formatted message is sealed like any other; its reader finds it whole, beside one kept before', async () => {
    const marie = await world.as(world.marie.profileId);
    const jean = await world.as(world.jean.profileId);
    const conversationId = await converse(marie, world.marie.personaId, { message: 'Avant' });
    // A message as it was sealed before there was any formatting: its bytes are its text.
    const posted = done(
      await postMessage(marie, { conversationId, personaId: world.marie.personaId, message: canary, richText, uploadIds: [], postKey: marie.newId() }),
    );
    const { rows } = await world.ctx.db
      .selectFrom('messages')
      .select(['body', 'id'])
      .execute()
      .then((all) => ({ rows: all }));
    for (const { body } of rows) expect([body?.includes(canary), body?.includes('rich-text')]).toEqual([false, false]);

    const place = { conversationId, personaId: world.jean.personaId };
    const sealed = await readThread(jean, (await accessOneConversation(jean, place))!, {});
    expect(sealed.messages.map((message) => message.state)).toEqual(['sealed', 'sealed']);
    expect(JSON.stringify(sealed)).not.toContain(canary);
    for (const { id } of sealed.messages) done(await openMessage(jean, { ...place, messageId: id }));
    const { messages } = await readThread(jean, (await accessOneConversation(jean, place))!, {});
    expect(messages).toMatchObject([
      { state: 'open', text: 'Avant' },
      { id: posted.messageId, state: 'open', text: canary, richText },
    ]);
    expect('richText' in (messages[0] ?? {})).toBe(false);
  });

  test('a body whose bytes were changed does not open, whatever it pretends to be', async () => {
    const marie = await world.as(world.marie.profileId);
    const conversationId = await converse(marie, world.marie.personaId, { message: 'Un texte' });
    const body = sealBytes(Buffer.alloc(32), encodeBody({ text: '', richText }), 'message:x:body');
    await world.ctx.db.updateTable('messages').set({ body }).execute();
    const conversation = (await accessOneConversation(marie, { conversationId, personaId: world.marie.personaId }))!;
    await expect(readThread(marie, conversation, {})).rejects.toThrow();
  });
});
