import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveFile } from '#domain/attachments/api.ts';
import { findDraft } from '#domain/drafts/api.ts';
import { setProfileStatus } from '#domain/people/api.ts';
import { type Conversed, makeConversation } from '../../../tests/support/conversation.ts';
import { converse, done } from '../../../tests/support/people.ts';
import {
  accessAttachment,
  accessConversation,
  countInboxes,
  listActivities,
  listConversations,
  openMessage,
  postMessage,
  removePerson,
  saveAnswer,
} from './api.ts';

let world: Conversed['world'];
let marie: Conversed['marie'];
let paul: Conversed['paul'];
let jean: Conversed['jean'];
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
  ({ world, marie, paul, jean, nadiaId, id, about, add, door, say, thread, openAll, lines, states, mailsTo } = await makeConversation());
});
afterEach(() => world.dispose());

describe('removing', () => {
  test('000-C2 000-07: somebody removed loses pages, files and live events at once; what they opened stays, and the history says who removed them', async () => {
    const upload = await receiveFile(marie, {
      profileId: marie.actor.profileId,
      name: 'Relevé.txt',
      mediaType: 'text/plain',
      source: Readable.from([Buffer.from('contenu')]),
      limit: 1000,
    });
    const file = done(upload).uploadId;
    await say(marie, 'Avec un document', [file]);
    await openAll(jean);
    await say(marie, 'Jamais ouvert');
    expect(await countInboxes(jean)).toMatchObject({ total: 1 });
    const before = await thread(jean);
    world.clock.advance(60);
    done(await removePerson(marie, about(world.jean.personaId)));

    expect(await accessConversation(jean, { conversationId: id })).toEqual([]);
    expect(await accessAttachment(jean, { conversationId: id, attachmentId: file })).toBeUndefined();
    expect(await countInboxes(jean)).toMatchObject({ total: 0, conversations: { [world.jean.personaId]: 0 } });
    expect((await listConversations(jean, { personaId: world.jean.personaId, page: 1, size: 10, order: 'newest' }))?.rows).toEqual([]);
    const asked = { conversationId: id, personaId: world.jean.personaId };
    expect(await openMessage(jean, { ...asked, messageId: before.messages.at(-1)?.id ?? '' })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    expect(await postMessage(jean, { ...asked, message: 'x', uploadIds: [], postKey: '' })).toMatchObject({ refusal: { code: 'conversation.not-found' } });
    const { rows } = await listActivities(marie, await door(marie), { order: { by: 'date', descending: true }, page: 1 });
    expect(rows[0]).toMatchObject({ kind: 'person-removed', name: 'Marie Unetelle', subjectAddress: world.jean.address, at: world.clock.now() });
    expect(rows.filter((row) => row.kind === 'message-opened').map((row) => row.name)).toEqual(['Jean Dubé', 'Jean Dubé']);

    await world.ctx.db.deleteFrom('events').execute();
    await say(marie, 'Sans Jean');
    const told = await world.ctx.db.selectFrom('events').select('persona_ids').execute();
    expect(told.flatMap((event) => event.persona_ids)).toEqual([world.marie.personaId]);
  });

  test('000-C2: the notices that had not left are given up, also those whose mail was written; the screens of the one removed are told', async () => {
    await world.runJobs();
    await say(marie, 'Pas encore dit');
    await world.ctx.db.deleteFrom('events').execute();
    done(await removePerson(marie, about(world.jean.personaId)));
    const events = await world.ctx.db.selectFrom('events').select(['persona_ids', 'kind']).execute();
    expect(events).toContainEqual({ persona_ids: [world.jean.personaId], kind: 'messages' });
    await world.runJobs();
    expect(await mailsTo(world.jean.address)).toHaveLength(1);
    done(await add([world.jean.address], { past: true }));
    const { id: mailId } = await world.ctx.db
      .insertInto('outgoing_mails')
      .values({ id: world.ctx.newId(), kind: 'notice', recipient: world.jean.address, locale: 'fr-CA', created_at: world.ctx.now(), due_at: world.ctx.now() })
      .returning('id')
      .executeTakeFirstOrThrow();
    await world.ctx.db.updateTable('notices').set({ mail_id: mailId }).where('state', '=', 'queued').execute();
    done(await removePerson(marie, about(world.jean.personaId)));
    await world.runJobs();
    expect(await mailsTo(world.jean.address)).toHaveLength(1);
    expect(await world.ctx.db.selectFrom('outgoing_mails').select(['status', 'failure']).where('id', '=', mailId).executeTakeFirst()).toEqual({
      status: 'failed',
      failure: 'withdrawn',
    });
  });

  test('000-C2: what they were writing there goes with the right to post; what they write elsewhere stays', async () => {
    const kept = { draft: { fields: { message: 'Je réponds' }, uploadIds: [] }, version: 0 };
    done(await saveAnswer(jean, { ...kept, conversationId: id, personaId: world.jean.personaId, writer: world.ctx.newId() }));
    const other = await converse(marie, world.marie.personaId);
    done(await saveAnswer(jean, { ...kept, conversationId: other, personaId: world.jean.personaId, writer: world.ctx.newId() }));
    done(await removePerson(marie, about(world.jean.personaId)));
    const back = await world.as(world.jean.profileId);
    expect(await findDraft(back, { conversationId: id, personaId: world.jean.personaId })).toBeUndefined();
    expect(await findDraft(back, { conversationId: other, personaId: world.jean.personaId })).toMatchObject({ fields: { message: 'Je réponds' } });
  });

  test('000-C2: removing twice, also at the same moment, is removing once', async () => {
    await Promise.all([removePerson(marie, about(world.jean.personaId)), removePerson(marie, about(world.jean.personaId))].map(async (one) => done(await one)));
    done(await removePerson(marie, about(world.jean.personaId)));
    expect((await lines(marie)).filter(([kind]) => kind === 'person-removed')).toHaveLength(1);
    expect(await countInboxes(jean)).toMatchObject({ conversations: { [world.jean.personaId]: 0 } });
    expect(await removePerson(marie, about(nadiaId))).toMatchObject({ ok: false, refusal: { code: 'person.not-here' } });
  });

  test('000-C2: opening or posting while being removed leaves one truth', async () => {
    const { messages } = await thread(jean);
    const opening = { conversationId: id, messageId: messages[0]?.id ?? '', personaId: world.jean.personaId };
    const post = { conversationId: id, personaId: world.jean.personaId, message: 'Vite', uploadIds: [], postKey: world.ctx.newId() };
    const [opened, posted] = await Promise.all([openMessage(jean, opening), postMessage(jean, post), removePerson(marie, about(world.jean.personaId))]);
    const kinds = (await lines(marie)).map(([kind]) => kind);
    expect(kinds.includes('message-opened')).toBe(opened.ok);
    expect(kinds.filter((kind) => kind === 'message-posted')).toHaveLength(posted.ok ? 2 : 1);
    expect(kinds.at(-1)).toBe('person-removed');
    expect(await accessConversation(jean, { conversationId: id })).toEqual([]);
    expect(await countInboxes(jean)).toMatchObject({ total: 0 });
  });

  test('000-C2: the holder stays, and so does the last collaborator who can manage', async () => {
    done(await add([world.paul.address], { role: 'collaborator' }));
    const byPaul = { conversationId: id, personaId: world.paul.personaId };
    expect(await removePerson(paul, { ...byPaul, subjectPersonaId: world.marie.personaId })).toMatchObject({ refusal: { code: 'person.holder' } });
    expect(await removePerson(marie, about(world.marie.personaId))).toMatchObject({ refusal: { code: 'person.holder' } });
    done(await setProfileStatus(world.ctx, { profileId: world.marie.profileId, status: 'suspended' }));
    expect(await removePerson(paul, { ...byPaul, subjectPersonaId: world.paul.personaId })).toMatchObject({ refusal: { code: 'person.last-collaborator' } });
    // In a red conversation taking access away is still possible.
    done(await removePerson(paul, { ...byPaul, subjectPersonaId: world.jean.personaId }));
  });

  test('000-C2: somebody removed comes back as is chosen this time, and finds open what they had opened', async () => {
    await openAll(jean);
    await say(marie, 'Pendant que Jean était là');
    done(await removePerson(marie, about(world.jean.personaId)));
    await say(marie, 'Pendant son absence');
    done(await add([world.jean.address], { past: true }));
    expect((await thread(jean)).messages.map((message) => message.state)).toEqual(['open', 'sealed', 'sealed']);
    expect(await countInboxes(jean)).toMatchObject({ total: 2 });
    expect((await states()).get(world.jean.address)).toMatchObject({ received: 3, opened: 1, unread: 2 });
    done(await removePerson(marie, about(world.jean.personaId)));
    world.clock.advance(60);
    done(await add([world.jean.address], { past: false }));
    expect(await thread(jean)).toMatchObject({ messages: [], window: { total: 0 } });
    expect(await lines(jean)).toEqual([['participant-added-without-past', world.jean.address]]);
    expect(await countInboxes(jean)).toMatchObject({ total: 0, conversations: { [world.jean.personaId]: 1 } });
    await say(marie, 'Après le retour');
    await openAll(jean);
    expect(await countInboxes(jean)).toMatchObject({ total: 0 });
  });
});
