import { Readable } from 'node:stream';
import { Kysely, PostgresDialect } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { receiveFile } from '#domain/attachments/api.ts';
import { recordBounce } from '#domain/notices/api.ts';
import { setMembershipStatus } from '#domain/organisations/api.ts';
import { createProfile, setProfileStatus } from '#domain/people/api.ts';
import type { DB } from '#platform/database/schema.ts';
import { type Conversed, makeConversation } from '../../../tests/support/conversation.ts';
import { done } from '../../../tests/support/people.ts';
import { accessAttachment, accessConversation, displayConversation, listPeopleStates, recordDownload, removePerson, sendAgain } from './api.ts';

let world: Conversed['world'];
let marie: Conversed['marie'];
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
  ({ world, marie, jean, nadiaId, id, about, add, door, say, thread, openAll, lines, states, mailsTo } = await makeConversation());
});
afterEach(() => world.dispose());

describe('following each person', () => {
  test('000-C3: invited, told, with an account, opened n of m and when, downloaded', async () => {
    const upload = await receiveFile(marie, {
      profileId: marie.actor.profileId,
      name: 'Relevé.txt',
      mediaType: 'text/plain',
      source: Readable.from([Buffer.from('x')]),
      limit: 1000,
    });
    const file = done(upload).uploadId;
    await say(marie, 'Avec un document', [file]);
    done(await add(['lou@courriel.example'], { past: true }));
    expect((await states()).get('lou@courriel.example')).toMatchObject({
      reads: 'without-account',
      received: 2,
      opened: 0,
      lastOpenedAt: undefined,
      lastNotice: { state: 'queued' },
      addedAt: world.clock.now(),
    });
    await world.runJobs();
    expect((await states()).get('lou@courriel.example')).toMatchObject({ lastNotice: { state: 'sent' } });
    const [mail] = await mailsTo('lou@courriel.example');
    await recordBounce(world.ctx, mail?.messageId ?? '');
    expect((await states()).get('lou@courriel.example')).toMatchObject({ lastNotice: { state: 'bounced' } });

    world.clock.advance(3600);
    await openAll(jean);
    const openedAt = world.clock.now();
    world.clock.advance(60);
    const download = await accessAttachment(jean, { conversationId: id, attachmentId: file });
    if (!download) throw new Error('The file of an opened message can be read');
    await recordDownload(jean, download);
    await say(jean, 'Merci');
    expect((await states()).get(world.jean.address)).toMatchObject({
      reads: 'now',
      received: 2,
      sent: 1,
      opened: 2,
      unread: 0,
      lastOpenedAt: openedAt,
      lastDownloadedAt: world.clock.now(),
    });
    expect((await states()).get(world.marie.address)).toMatchObject({ received: 1, opened: 0, unread: 1, sent: 2 });
  });

  test('000-C3: three statements tell of a hundred people', async () => {
    done(
      await add(
        Array.from({ length: 99 }, (_, n) => `personne${n}@courriel.example`),
        { past: true },
      ),
    );
    const conversation = await door(marie);
    let asked = 0;
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: world.database.pool }), log: () => void asked++ });
    expect(await listPeopleStates({ ...marie, db }, conversation)).toHaveLength(101);
    expect(asked).toBe(3);
  });
});

describe('sending a notice again', () => {
  test('000-C3 S-14: ten minutes after the last one at the soonest, five times in a day; the refusal says when; a line for collaborators alone', async () => {
    await world.runJobs();
    const early = await sendAgain(marie, about(world.jean.personaId));
    expect(early).toMatchObject({ ok: false, refusal: { code: 'notice.too-soon', data: { at: '2015-02-02T20:24:18.000Z' } } });
    for (let n = 0; n < 5; n++) {
      world.clock.advance(600);
      done(await sendAgain(marie, about(world.jean.personaId)));
      await world.runJobs();
    }
    world.clock.advance(600);
    expect(await sendAgain(marie, about(world.jean.personaId))).toMatchObject({
      refusal: { code: 'notice.too-soon', data: { at: '2015-02-03T20:25:18.000Z' } },
    });
    const mails = await mailsTo(world.jean.address);
    expect(mails).toHaveLength(6);
    expect(mails[1]?.text.replace(/\s+/gu, ' ')).toContain('vous rappelle qu’une conversation sécurisée vous attend');
    expect((await lines(marie)).filter(([kind]) => kind === 'notice-sent-again')).toHaveLength(5);
    expect((await lines(jean)).filter(([kind]) => kind === 'notice-sent-again')).toEqual([]);
  });

  test('000-C3: not while the last one has not left, nor when nothing waits; at the same moment, once', async () => {
    expect(await sendAgain(marie, about(world.jean.personaId))).toMatchObject({ refusal: { code: 'notice.still-waiting' } });
    await world.runJobs();
    world.clock.advance(600);
    const twice = await Promise.all([sendAgain(marie, about(world.jean.personaId)), sendAgain(marie, about(world.jean.personaId))]);
    expect(twice.filter((answer) => answer.ok)).toHaveLength(1);
    await displayConversation(jean, await door(jean));
    await openAll(jean);
    world.clock.advance(600);
    expect(await sendAgain(marie, about(world.jean.personaId))).toMatchObject({ refusal: { code: 'notice.nothing-waits' } });
    expect(await sendAgain(marie, about(nadiaId))).toMatchObject({ refusal: { code: 'person.not-here' } });
    expect(await sendAgain(marie, about(world.marie.personaId))).toMatchObject({ refusal: { code: 'person.not-here' } });
  });
});

describe('«Qui peut lire ceci?»', () => {
  test('000-07 S-10: the people named are exactly those whom the door lets in, asked as every person of the world', async () => {
    const second = done(await createProfile(world.ctx, { displayName: 'Lou', addresses: ['lou@courriel.example'] }));
    done(await add([world.paul.address], { role: 'collaborator', past: true }));
    done(await add([world.nadiaAddress, 'lou@courriel.example', 'personne@courriel.example']));
    const [lou] = second.personas;
    done(await removePerson(marie, about(lou?.id ?? '')));
    await say(marie, 'Qui le lira?');
    const compare = async () => {
      const named = (await thread(marie)).people.filter((person) => person.reads === 'now').map((person) => person.personaId);
      const profiles = await world.ctx.db.selectFrom('profiles').select(['id', 'status']).execute();
      const admitted: string[] = [];
      for (const profile of profiles.filter((one) => one.status === 'active')) {
        const ctx = await world.as(profile.id);
        admitted.push(...(await accessConversation(ctx, { conversationId: id })).map((found) => found.personaId));
      }
      expect(named.sort()).toEqual(admitted.sort());
      return named.length;
    };
    expect(await compare()).toBe(4);
    done(
      await setMembershipStatus(world.ctx, {
        organisationId: world.organisationId,
        personaId: world.paul.personaId,
        role: 'collaborator',
        status: 'suspended',
      }),
    );
    expect(await compare()).toBe(3);
    done(await setProfileStatus(world.ctx, { profileId: world.paul.profileId, status: 'suspended' }));
    expect(await compare()).toBe(3);
    done(await add(['jean.dube@atelier.example'], { past: true }));
    expect(await compare()).toBe(4);
    // A stand-in whose time has run out, swept or not.
    const runOut = { ends_at: world.clock.now() };
    await world.ctx.db.updateTable('participations').set(runOut).where('conversation_id', '=', id).where('persona_id', '=', nadiaId).execute();
    expect(await compare()).toBe(3);
  });
});
