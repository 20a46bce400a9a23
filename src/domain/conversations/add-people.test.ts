import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findNoticeTarget } from '#domain/notices/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { type Conversed, makeConversation, tokenOf } from '../../../tests/support/conversation.ts';
import { done } from '../../../tests/support/people.ts';
import {
  accessConversation,
  addPeople,
  correctAddress,
  countInboxes,
  displayConversation,
  listActivities,
  listConversations,
  removePerson,
  sendAgain,
} from './api.ts';

let world: Conversed['world'];
let marie: Conversed['marie'];
let paul: Conversed['paul'];
let jean: Conversed['jean'];
let nadia: Conversed['nadia'];
let nadiaId: Conversed['nadiaId'];
let id: Conversed['id'];
let about: Conversed['about'];
let add: Conversed['add'];
let door: Conversed['door'];
let say: Conversed['say'];
let thread: Conversed['thread'];
let openAll: Conversed['openAll'];
let lines: Conversed['lines'];
let states: Conversed['states'];
let mailsTo: Conversed['mailsTo'];

beforeEach(async () => {
  ({ world, marie, paul, jean, nadia, nadiaId, id, about, add, door, say, thread, openAll, lines, states, mailsTo } = await makeConversation());
});
afterEach(() => world.dispose());

describe('adding', () => {
  test('000-C2: somebody added without the past finds neither messages, nor lines, nor counters, nor positions from before', async () => {
    await say(marie, 'Deuxième');
    await openAll(jean);
    world.clock.advance(60);
    expect(done(await add([world.nadiaAddress]))).toEqual({ added: 1 });
    expect(await countInboxes(nadia)).toMatchObject({ total: 0, conversations: { [nadiaId]: 1 } });
    expect(await thread(nadia)).toMatchObject({ messages: [], window: { total: 0 } });
    expect(await lines(nadia)).toEqual([['participant-added-without-past', world.nadiaAddress]]);
    world.clock.advance(60);
    await say(jean, 'Troisième pour les autres');
    const seen = await thread(nadia);
    expect(seen.messages.map((message) => [message.position, message.state])).toEqual([[1, 'sealed']]);
    expect(seen.window).toMatchObject({ first: 1, last: 1, total: 1 });
    expect(await countInboxes(nadia)).toMatchObject({ total: 1 });
    await openAll(nadia);
    expect(await lines(nadia)).toEqual([
      ['participant-added-without-past', world.nadiaAddress],
      ['message-posted', 1],
      ['message-opened', 1],
    ]);
    expect((await lines(marie)).slice(-2)).toEqual([
      ['message-posted', 3],
      ['message-opened', 3],
    ]);
    expect((await listActivities(nadia, await door(nadia), { order: { by: 'date', descending: true }, page: 1 })).total).toBe(3);
    expect((await states()).get(world.nadiaAddress)).toMatchObject({ withoutPast: true, received: 1, opened: 1 });
  });

  test('000-C2: not even at the very instant of their arrival: what was noted just before stays unknown to them', async () => {
    done(await add([world.paul.address], { past: true }));
    done(await add([world.nadiaAddress]));
    expect(await lines(nadia)).toEqual([['participant-added-without-past', world.nadiaAddress]]);
    expect(await lines(paul)).toHaveLength(5);
  });

  test('000-C2 000-30: somebody added with the past finds all of it, sealed and counted; everybody’s date of modification moves', async () => {
    await say(jean, 'Réponse de Jean');
    world.clock.advance(60);
    done(await add([world.nadiaAddress], { past: true }));
    expect(await countInboxes(nadia)).toMatchObject({ total: 2 });
    const { messages, window } = await thread(nadia);
    expect(messages.map((message) => message.state)).toEqual(['sealed', 'sealed']);
    expect(window).toMatchObject({ total: 2 });
    expect((await lines(nadia)).map(([kind]) => kind)).toEqual(['created', 'participant-added', 'message-posted', 'message-posted', 'participant-added']);
    for (const ctx of [marie, jean]) {
      const personaId = ctx.actor.personas[0]?.id ?? '';
      const list = await listConversations(ctx, { personaId, page: 1, size: 10, order: 'newest' });
      expect(list?.rows[0]?.lastActivityAt).toEqual(world.clock.now());
    }
    await openAll(nadia);
    expect(await countInboxes(nadia)).toMatchObject({ total: 0 });
  });

  test('000-C2 S-06: one notice goes to each, which tells that they were added and names its sender alone; its link leads to the conversation', async () => {
    done(await add([world.nadiaAddress, 'lou@courriel.example'], { past: true }));
    await world.runJobs();
    const mails = await mailsTo(world.nadiaAddress);
    expect(mails.map((mail) => mail.subject)).toEqual(['Une conversation sécurisée vous attend']);
    expect(mails[0]?.text.replace(/\s+/gu, ' ')).toContain(
      'Un collaborateur, marie.unetelle@innovactione.example, vous a ajouté à une conversation sécurisée.',
    );
    expect(`${mails[0]?.text} ${mails[0]?.html}`).not.toMatch(/Relevé|jeand|lou@/u);
    expect(await findNoticeTarget(world.ctx, tokenOf(mails[0]?.links))).toMatchObject({ conversationId: id, personaId: nadiaId, messageId: null });
    expect(await mailsTo('lou@courriel.example')).toHaveLength(1);
    expect(await mailsTo(world.jean.address)).toHaveLength(1);
  });

  test('000-C2: who displays the conversation before the notice of being added leaves needs no mail', async () => {
    done(await add([world.nadiaAddress], { past: true }));
    await displayConversation(nadia, await door(nadia));
    await world.runJobs();
    expect(await mailsTo(world.nadiaAddress)).toEqual([]);
    expect((await states()).get(world.nadiaAddress)?.lastNotice).toMatchObject({ state: 'opened' });
  });

  test('000-C2: somebody already there is refused by name, and nobody of the list is added', async () => {
    expect(await add([world.nadiaAddress, world.jean.address.toUpperCase()])).toMatchObject({
      ok: false,
      refusal: { code: 'participants.already-there', data: { addresses: 'jeand@courriel.example', count: 1 } },
    });
    expect(await add([world.marie.address])).toMatchObject({ ok: false, refusal: { code: 'participants.already-there' } });
    expect([...(await states()).keys()]).toEqual([world.marie.address, world.jean.address]);
    expect(await accessConversation(nadia, { conversationId: id })).toEqual([]);
  });

  test('S-11: the hundredth person is added and the hundred and first refused, also when both come at the same moment', async () => {
    const many = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `personne${from + n}@courriel.example`);
    expect(await add(many(0, 100))).toMatchObject({ ok: false, refusal: { code: 'participants.too-many', data: { count: 101, limit: 100 } } });
    done(await add(many(0, 98)));
    const last = await Promise.all([add(['avant@courriel.example']), add(['apres@courriel.example'])]);
    expect(last.filter((answer) => answer.ok)).toHaveLength(1);
    expect((await states()).size).toBe(101);
    done(await removePerson(marie, about(world.jean.personaId)));
    done(await add([world.nadiaAddress]));
  });

  test('000-C2: the same person added twice at the same moment takes part once, with one line and one notice', async () => {
    const answers = await Promise.all([add([world.nadiaAddress]), add([world.nadiaAddress], { past: true }), add([world.nadiaAddress])]);
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok).map((answer) => !answer.ok && answer.refusal.code)).toEqual(Array(2).fill('participants.already-there'));
    expect((await lines(marie)).filter(([, subject]) => subject === world.nadiaAddress)).toHaveLength(1);
    await world.runJobs();
    expect(await mailsTo(world.nadiaAddress)).toHaveLength(1);
    expect(await countInboxes(nadia)).toMatchObject({ conversations: { [nadiaId]: 1 } });
  });

  test('000-C2: while others post, a newcomer sees a whole number of messages, all counted', async () => {
    const posts = Array.from({ length: 6 }, (_, n) => say([marie, jean][n % 2] ?? marie, `Message ${n}`));
    await Promise.all([...posts.slice(0, 3), add([world.nadiaAddress]), ...posts.slice(3)]);
    const { window } = await thread(nadia);
    expect(await countInboxes(nadia)).toMatchObject({ total: window.total });
    expect((await states()).get(world.nadiaAddress)).toMatchObject({ received: window.total, unread: window.total });
    expect((await lines(nadia)).filter(([kind]) => kind === 'message-posted').map(([, number]) => number)).toEqual(
      Array.from({ length: window.total }, (_, n) => n + 1),
    );
  });

  test('000-A3: an organisation that writes to its own domains alone adds nobody else', async () => {
    await world.allowDomains(['innovactione.example']);
    expect(await add([world.nadiaAddress, world.paul.address])).toMatchObject({
      ok: false,
      refusal: { code: 'participants.domain-not-allowed', data: { addresses: world.nadiaAddress, domains: 'innovactione.example' } },
    });
    done(await add([world.paul.address]));
  });

  test('000-32: nobody is added to a red conversation, nor to an expired one', async () => {
    const role = { organisationId: world.organisationId, personaId: world.marie.personaId, role: 'collaborator' } as const;
    done(await add([world.paul.address], { role: 'collaborator' }));
    done(await setMembershipStatus(world.ctx, { ...role, status: 'suspended' }));
    const byPaul = { conversationId: id, personaId: world.paul.personaId, addresses: [world.nadiaAddress], role: 'participant' as const, past: true };
    expect(await addPeople(paul, byPaul)).toMatchObject({ ok: false, refusal: { code: 'conversation.read-only' } });
    // Suspended, Marie still reads, and manages nothing any more.
    const suspended = await world.as(world.marie.profileId);
    expect(await addPeople(suspended, { ...byPaul, personaId: world.marie.personaId })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    done(await setMembershipStatus(world.ctx, { ...role, status: 'active' }));
    world.clock.advance(366 * 86_400);
    expect(await addPeople(paul, byPaul)).toMatchObject({ ok: false, refusal: { code: 'conversation.expired' } });
  });
});

describe('several collaborators', () => {
  test('000-03 000-C7: a collaborator of the organisation added as one posts and has every tool; a participant has none', async () => {
    expect(await add([world.nadiaAddress], { role: 'collaborator' })).toMatchObject({
      ok: false,
      refusal: { code: 'participants.not-collaborators', data: { addresses: world.nadiaAddress } },
    });
    done(await add([world.paul.address], { role: 'collaborator', past: true }));
    expect((await states()).get(world.paul.address)).toMatchObject({ role: 'collaborator' });
    expect((await lines(jean)).at(-1)).toEqual(['collaborator-added', world.paul.address]);
    await say(paul, 'Bonjour de Paul');
    const byPaul = { conversationId: id, personaId: world.paul.personaId };
    done(await addPeople(paul, { ...byPaul, addresses: [world.nadiaAddress], role: 'participant', past: true }));
    done(await removePerson(paul, { ...byPaul, subjectPersonaId: nadiaId }));
    expect((await states(paul)).size).toBe(3);
  });

  test('000-06 000-07: participants, strangers, administrators and former collaborators can do none of it', async () => {
    done(await add([world.paul.address], { role: 'collaborator' }));
    done(await removePerson(marie, about(world.paul.personaId)));
    const alain = await world.as(world.alain.profileId);
    for (const ctx of [jean, nadia, alain, paul]) {
      for (const personaId of [ctx.actor.personas[0]?.id ?? '', world.marie.personaId]) {
        const asked = { conversationId: id, personaId, subjectPersonaId: world.jean.personaId };
        const answers = [
          await addPeople(ctx, { ...asked, addresses: ['lou@courriel.example'], role: 'participant', past: true }),
          await removePerson(ctx, asked),
          await correctAddress(ctx, { ...asked, address: 'lou@courriel.example' }),
          await sendAgain(ctx, asked),
        ];
        for (const answer of answers) expect(answer).toMatchObject({ ok: false, refusal: { code: 'conversation.not-found' } });
      }
    }
    expect([...(await states()).keys()]).toEqual([world.marie.address, world.jean.address]);
  });

  test('000-C2: a collaborator who has not the past gives no more than they have', async () => {
    await say(marie, 'Avant Paul');
    done(await add([world.paul.address], { role: 'collaborator' }));
    world.clock.advance(60);
    await say(marie, 'Après Paul');
    const byPaul = { conversationId: id, personaId: world.paul.personaId };
    done(await addPeople(paul, { ...byPaul, addresses: [world.nadiaAddress], role: 'participant', past: true }));
    expect((await thread(nadia)).messages.map((message) => message.position)).toEqual([1]);
    expect((await lines(nadia)).map(([kind]) => kind)).toEqual(['collaborator-added-without-past', 'message-posted', 'participant-added']);
  });
});
