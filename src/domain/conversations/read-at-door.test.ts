import { afterEach, beforeEach, expect, test } from 'vitest';
import { countStatements } from '../../../tests/support/counted-statements.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { accessConversation, accessConversationToRead } from './access.ts';
import { addPeople } from './add-people.ts';
import { openMessage } from './open-message.ts';
import { postMessage } from './post-message.ts';
import { readThread } from './read-thread.ts';

let world: Innovactione;
beforeEach(async () => {
  world = await makeInnovactione();
});
afterEach(() => world.dispose());

test('000-44: what is read while passing the door is what would be read behind it, whatever the window, for who has the past and who has not', async () => {
  const marie = await world.as(world.marie.profileId);
  const conversationId = await converse(marie, world.marie.personaId, { participants: [world.jean.address] });
  const post = async (n: number) =>
    done(await postMessage(marie, { conversationId, personaId: world.marie.personaId, message: `Message ${n}`, uploadIds: [], postKey: marie.newId() }));
  for (let n = 2; n <= 7; n += 1) await post(n);
  done(await addPeople(marie, { conversationId, personaId: world.marie.personaId, addresses: [world.paul.address], role: 'collaborator', past: false }));
  for (let n = 8; n <= 13; n += 1) await post(n);
  const jean = await world.as(world.jean.profileId);
  const paul = await world.as(world.paul.profileId);
  const [first] = await world.ctx.db.selectFrom('messages').select('id').where('conversation_id', '=', conversationId).where('position', '=', 1).execute();
  done(await openMessage(jean, { conversationId, personaId: world.jean.personaId, messageId: first?.id ?? '' }));
  for (const reader of [marie, jean, paul]) {
    for (const window of [undefined, 0, 1, 2, 3, 4, 999_999]) {
      const { found, atDoor } = await accessConversationToRead(reader, { conversationId, window });
      expect(found).toEqual(await accessConversation(reader, { conversationId }));
      const [conversation] = found;
      if (!conversation || !atDoor) throw new Error('The door opens for each of them');
      const taken: unknown[] = [];
      const statements = await countStatements(world, reader, async (ctx) => taken.push(await readThread(ctx, conversation, { window, atDoor })));
      expect([reader.actor.displayName, window, statements]).toEqual([reader.actor.displayName, window, 0]);
      expect(taken).toEqual([await readThread(reader, conversation, { window })]);
    }
  }
});

test('000-07: the door that reads along gives nothing to a stranger, nor what belongs to another conversation', async () => {
  const marie = await world.as(world.marie.profileId);
  const conversationId = await converse(marie, world.marie.personaId, { participants: [world.jean.address] });
  const other = await converse(marie, world.marie.personaId, { participants: [world.jean.address] });
  const paul = await world.as(world.paul.profileId);
  expect(await accessConversationToRead(paul, { conversationId })).toEqual({ found: [], atDoor: undefined });
  expect(await accessConversationToRead(paul, { conversationId: 'nouvelle' })).toEqual({ found: [], atDoor: undefined });
  const { atDoor } = await accessConversationToRead(marie, { conversationId });
  const [conversation] = await accessConversation(marie, { conversationId: other });
  if (!conversation || !atDoor) throw new Error('Marie holds both');
  expect(await readThread(marie, conversation, { atDoor })).toEqual(await readThread(marie, conversation, {}));
});
