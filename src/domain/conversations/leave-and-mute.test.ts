import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conversed, makeConversation } from '../../../tests/support/conversation.ts';
import { done } from '../../../tests/support/people.ts';
import { accessConversation, countInboxes, leaveConversation, listConversations, muteConversation, postMessage } from './api.ts';

let world: Conversed['world'];
let marie: Conversed['marie'];
let paul: Conversed['paul'];
let jean: Conversed['jean'];
let id: Conversed['id'];
let add: Conversed['add'];
let door: Conversed['door'];
let say: Conversed['say'];
let lines: Conversed['lines'];
let states: Conversed['states'];
let mailsTo: Conversed['mailsTo'];

beforeEach(async () => {
  ({ world, marie, paul, jean, id, add, door, say, lines, states, mailsTo } = await makeConversation());
});
afterEach(() => world.dispose());

const asJean = () => ({ conversationId: id, personaId: world.jean.personaId });

describe('leaving', () => {
  test('000-32 000-40: ends access at once, takes back the notices that waited, and the history says so', async () => {
    await say(marie, 'Juste avant');
    done(await leaveConversation(jean, asJean()));
    expect(await accessConversation(jean, { conversationId: id })).toEqual([]);
    expect(await countInboxes(jean)).toMatchObject({ total: 0, conversations: { [world.jean.personaId]: 0 } });
    expect(await postMessage(jean, { ...asJean(), message: 'Encore', uploadIds: [], postKey: jean.newId() })).toMatchObject({ ok: false });
    await world.runJobs();
    expect(await mailsTo(world.jean.address)).toHaveLength(0);
    expect((await lines(marie)).at(-1)).toEqual(['person-left', undefined]);
  });

  test('000-C2: somebody who left may be added again', async () => {
    done(await leaveConversation(jean, asJean()));
    done(await add([world.jean.address], { past: true }));
    expect((await door(jean)).mutedAt).toBeUndefined();
    expect(await countInboxes(jean)).toMatchObject({ total: 1 });
  });

  test('000-32: the holder cannot, nor the last who can manage; a colleague can', async () => {
    expect(await leaveConversation(marie, { conversationId: id, personaId: world.marie.personaId })).toMatchObject({
      refusal: { code: 'conversation.holder-stays' },
    });
    done(await add([world.paul.address], { role: 'collaborator' }));
    done(await leaveConversation(paul, { conversationId: id, personaId: world.paul.personaId }));
    done(await add([world.paul.address], { role: 'collaborator' }));
    await world.ctx.db.updateTable('memberships').set({ status: 'suspended' }).where('persona_id', '=', world.marie.personaId).execute();
    expect(await leaveConversation(paul, { conversationId: id, personaId: world.paul.personaId })).toMatchObject({
      refusal: { code: 'person.last-collaborator' },
    });
    // 000-32: red, a participant still leaves.
    done(await leaveConversation(jean, asJean()));
  });

  test('twice, also at the same moment, is once; a stranger and another of one’s addresses leave nothing', async () => {
    const stranger = { conversationId: id, personaId: world.paul.personaId };
    expect(await leaveConversation(paul, stranger)).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    expect(await leaveConversation(paul, asJean())).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    expect(await leaveConversation(jean, { ...asJean(), personaId: world.jeanAtelier })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    expect(await leaveConversation(jean, { ...asJean(), conversationId: 'nulle-part' })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    await Promise.all([1, 2].map(async () => done(await leaveConversation(jean, asJean()))));
    done(await leaveConversation(jean, asJean()));
    expect((await lines(marie)).filter(([kind]) => kind === 'person-left')).toHaveLength(1);
  });
});

describe('muting', () => {
  test('000-Y2: no notice leaves, not even one that waited; what waits is counted, and the list and the page say so', async () => {
    done(await muteConversation(jean, { ...asJean(), muted: true }));
    await say(marie, 'Sans avis');
    await world.runJobs();
    expect(await mailsTo(world.jean.address)).toHaveLength(0);
    expect(await countInboxes(jean)).toMatchObject({ total: 2 });
    expect((await door(jean)).mutedAt).toEqual(world.clock.now());
    expect((await listConversations(jean, { personaId: world.jean.personaId, page: 1, size: 10, order: 'newest' }))?.rows[0]?.mutedAt).toBeDefined();
    expect((await states()).get(world.jean.address)?.lastNotice?.state).toBe('muted');
    // Nobody else is concerned: neither in the activities, nor in other conversations.
    expect((await lines(marie)).map(([kind]) => kind)).toEqual(['created', 'participant-added', 'message-posted', 'message-posted']);
  });

  test('000-Y2: unmuted, the next message is told again; what was not told stays untold', async () => {
    done(await muteConversation(jean, { ...asJean(), muted: true }));
    await world.runJobs();
    done(await muteConversation(jean, { ...asJean(), muted: false }));
    await world.runJobs();
    expect(await mailsTo(world.jean.address)).toHaveLength(0);
    await say(marie, 'De nouveau');
    await world.runJobs();
    expect(await mailsTo(world.jean.address)).toHaveLength(1);
  });

  test('000-Y2: muted twice is muted since the first time; a stranger mutes nothing', async () => {
    done(await muteConversation(jean, { ...asJean(), muted: true }));
    const since = (await door(jean)).mutedAt;
    world.clock.advance(60);
    done(await muteConversation(jean, { ...asJean(), muted: true }));
    expect((await door(jean)).mutedAt).toEqual(since);
    for (const personaId of [world.paul.personaId, world.jean.personaId]) {
      expect(await muteConversation(paul, { conversationId: id, personaId, muted: false })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    }
    expect((await door(jean)).mutedAt).toEqual(since);
    expect((await door(marie)).mutedAt).toBeUndefined();
  });
});
