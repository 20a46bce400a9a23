import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findNoticeTarget } from '#domain/notices/api.ts';
import { adoptPersona, createProfile } from '#domain/people/api.ts';
import type { NewPeople } from '#shared/conversations.ts';
import { type Conversed, makeConversation, tokenOf } from '../../../tests/support/conversation.ts';
import { done } from '../../../tests/support/people.ts';
import { accessConversation, correctAddress, countInboxes, openMessage } from './api.ts';

let world: Conversed['world'];
let marie: Conversed['marie'];
let jean: Conversed['jean'];
let nadia: Conversed['nadia'];
let nadiaId: Conversed['nadiaId'];
let id: Conversed['id'];
let about: Conversed['about'];
let add: Conversed['add'];
let say: Conversed['say'];
let thread: Conversed['thread'];
let openAll: Conversed['openAll'];
let lines: Conversed['lines'];
let states: Conversed['states'];
let mailsTo: Conversed['mailsTo'];

beforeEach(async () => {
  ({ world, marie, jean, nadia, nadiaId, id, about, add, say, thread, openAll, lines, states, mailsTo } = await makeConversation());
});
afterEach(() => world.dispose());

describe('correcting an address', () => {
  const wrong = 'nadai.roy@courriel.example';

  async function mistyped(chosen: Partial<NewPeople> = {}) {
    done(await add([wrong], { past: true, ...chosen }));
    await world.runJobs();
    const { id: personaId } = await world.ctx.db.selectFrom('personas').select('id').where('address_key', '=', wrong).executeTakeFirstOrThrow();
    return personaId;
  }

  test('000-C3: the old link stops working, the wrong address loses everything, the right one finds every envelope sealed and a new invitation', async () => {
    const personaId = await mistyped();
    const stranger = done(await createProfile(world.ctx, { displayName: 'Nadaï Roy', addresses: [] }));
    done(await adoptPersona(world.ctx, { profileId: stranger.profileId, address: wrong }));
    const strangerCtx = await world.as(stranger.profileId);
    expect(await accessConversation(strangerCtx, { conversationId: id })).toHaveLength(1);
    const [mail] = await mailsTo(wrong);
    world.clock.advance(60);
    done(await correctAddress(marie, { ...about(personaId), address: ` ${world.nadiaAddress} `.trim() }));
    expect(await findNoticeTarget(world.ctx, tokenOf(mail?.links))).toBeUndefined();
    expect(await accessConversation(strangerCtx, { conversationId: id })).toEqual([]);
    expect(await countInboxes(strangerCtx)).toMatchObject({ total: 0, conversations: { [personaId]: 0 } });
    expect((await thread(nadia)).messages.map((message) => message.state)).toEqual(['sealed']);
    await world.runJobs();
    expect(await mailsTo(world.nadiaAddress)).toHaveLength(1);
    expect(await mailsTo(wrong)).toHaveLength(1);
    // The history says it, and no more: the wrong address belongs to somebody.
    for (const ctx of [marie, jean, nadia]) {
      const seen = await lines(ctx);
      expect(seen).toContainEqual(['participant-added', 'n•••@courriel.example']);
      expect(seen).toContainEqual(['address-corrected', world.nadiaAddress]);
      expect(JSON.stringify(seen)).not.toContain(wrong);
    }
  });

  test('000-C3: without the past, the right address sees no more than the wrong one was to see', async () => {
    const personaId = await mistyped({ past: false });
    world.clock.advance(60);
    await say(marie, 'Entre les deux');
    done(await correctAddress(marie, { ...about(personaId), address: world.nadiaAddress }));
    expect((await thread(nadia)).window).toMatchObject({ total: 1 });
    expect(await countInboxes(nadia)).toMatchObject({ total: 1 });
    expect((await lines(nadia)).map(([kind]) => kind)).toEqual(['participant-added-without-past', 'message-posted', 'address-corrected']);
  });

  test('000-C3: refused once something was opened, for the holder, for an address that is there already, and for the same address; nothing changes', async () => {
    const personaId = await mistyped();
    for (const [address, code] of [
      [world.jean.address, 'participants.already-there'],
      [wrong.toUpperCase(), 'participants.already-there'],
    ] as const) {
      expect(await correctAddress(marie, { ...about(personaId), address })).toMatchObject({ ok: false, refusal: { code } });
    }
    expect(await correctAddress(marie, { ...about(world.marie.personaId), address: world.nadiaAddress })).toMatchObject({ refusal: { code: 'person.holder' } });
    expect(await correctAddress(marie, { ...about(nadiaId), address: 'lou@courriel.example' })).toMatchObject({ refusal: { code: 'person.not-here' } });
    await openAll(jean);
    expect(await correctAddress(marie, { ...about(world.jean.personaId), address: world.nadiaAddress })).toMatchObject({
      refusal: { code: 'person.already-opened', data: { address: world.jean.address } },
    });
    expect([...(await states()).keys()]).toEqual([world.marie.address, world.jean.address, wrong]);
    const [mail] = await mailsTo(wrong);
    expect(await findNoticeTarget(world.ctx, tokenOf(mail?.links))).toMatchObject({ personaId });
  });

  test('000-C3: corrected twice at the same moment, the conversation has one right address', async () => {
    const personaId = await mistyped();
    const answers = await Promise.all([
      correctAddress(marie, { ...about(personaId), address: world.nadiaAddress }),
      correctAddress(marie, { ...about(personaId), address: 'lou@courriel.example' }),
    ]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(await states()).toHaveProperty('size', 3);
  });

  test('000-C3: opening while the address is being corrected: either it was opened, or it was corrected', async () => {
    const personaId = await mistyped();
    const owner = done(await createProfile(world.ctx, { displayName: 'Nadaï Roy', addresses: [] }));
    done(await adoptPersona(world.ctx, { profileId: owner.profileId, address: wrong }));
    const ctx = await world.as(owner.profileId);
    const messageId = (await thread(ctx)).messages[0]?.id ?? '';
    const [opened, corrected] = await Promise.all([
      openMessage(ctx, { conversationId: id, messageId, personaId }),
      correctAddress(marie, { ...about(personaId), address: world.nadiaAddress }),
    ]);
    expect([opened.ok, corrected.ok].filter(Boolean)).toHaveLength(1);
    expect(await accessConversation(ctx, { conversationId: id })).toHaveLength(opened.ok ? 1 : 0);
  });
});
