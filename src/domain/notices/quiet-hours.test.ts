import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { updateProfile } from '#domain/people/api.ts';
import { everyDay } from '#shared/quiet-hours.ts';
import { type Conversed, makeConversation } from '../../../tests/support/conversation.ts';
import { done } from '../../../tests/support/people.ts';
import { listOwnNotices, readPreferences, savePreferences, sendAlert } from './api.ts';
import { nudgeDelivery } from './nudge-delivery.ts';

/** The test's clock stands at 15:15:18 in Toronto, a Monday. */
let world: Conversed['world'];
let marie: Conversed['marie'];
let jean: Conversed['jean'];
let say: Conversed['say'];
let openAll: Conversed['openAll'];
let mailsTo: Conversed['mailsTo'];
const night = { from: 15 * 60, to: 7 * 60, days: everyDay };

beforeEach(async () => {
  ({ world, marie, jean, say, openAll, mailsTo } = await makeConversation());
  await world.runJobs();
});
afterEach(() => world.dispose());

/** What the process does every fifteen seconds. */
async function sweep() {
  nudgeDelivery(world.ctx);
  await world.runJobs();
}

const noticesToJean = async () => (await mailsTo(world.jean.address)).filter((mail) => mail.kind === 'notice');

describe('quiet hours', () => {
  test('000-Y2: notices wait for the end, and leave together; nothing is due before', async () => {
    done(await savePreferences(jean, { locale: undefined, quiet: night }));
    await say(marie, 'Un');
    await say(marie, 'Deux');
    await world.runJobs();
    expect(await noticesToJean()).toHaveLength(1);
    const waiting = (await listOwnNotices(jean, {})).rows.filter((notice) => notice.state === 'queued');
    expect(waiting.map((notice) => notice.dueAt.toISOString())).toEqual(Array(2).fill('2015-02-03T12:00:00.000Z'));
    world.clock.set('2015-02-03T11:59:59.999Z');
    await sweep();
    expect((await listOwnNotices(jean, {})).rows.filter((notice) => notice.state === 'queued')).toHaveLength(2);
    world.clock.set('2015-02-03T12:00:00.000Z');
    await sweep();
    const [, second] = await noticesToJean();
    expect(second?.text).toContain('2 messages sécurisés');
  });

  test('000-Y2: a message that is opened meanwhile is not told at the end', async () => {
    done(await savePreferences(jean, { locale: undefined, quiet: night }));
    await say(marie, 'Un');
    await openAll(jean);
    world.clock.set('2015-02-03T12:00:00.000Z');
    await sweep();
    expect(await noticesToJean()).toHaveLength(1);
  });

  test('000-Y2: codes and alerts never wait, nor anybody else’s notices', async () => {
    done(await savePreferences(jean, { locale: undefined, quiet: night }));
    await sendAlert(world.ctx, { to: world.jean.address, kind: 'password-changed', locale: 'fr-CA' });
    await say(jean, 'À Marie');
    await world.runJobs();
    expect((await mailsTo(world.jean.address)).filter((mail) => mail.kind === 'alert')).toHaveLength(1);
    expect(await mailsTo(world.marie.address)).toHaveLength(1);
  });

  test('S-16 000-Y2: are those of the reader’s zone, else of the organisation’s', async () => {
    done(await updateProfile(jean, { displayName: 'Jean Dubé', locale: undefined, timeZone: 'Europe/Paris', theme: 'auto' }));
    done(await savePreferences(jean, { locale: undefined, quiet: { from: 21 * 60, to: 22 * 60, days: [1] } }));
    await say(marie, 'À 21 h 15 de Paris');
    await world.runJobs();
    const [waiting] = (await listOwnNotices(jean, {})).rows;
    expect(waiting).toMatchObject({ state: 'queued', dueAt: new Date('2015-02-02T21:00:00.000Z') });
  });

  test('S-16 000-Y2: another zone weighs again what waits for their end', async () => {
    const own = (timeZone: string) => ({ displayName: 'Jean Dubé', locale: undefined, timeZone, theme: 'auto' }) as const;
    done(await savePreferences(jean, { locale: undefined, quiet: { from: 15 * 60, to: 16 * 60, days: [1] } }));
    world.clock.advance(600);
    await say(marie, 'À 15 h 24 de Toronto');
    await world.runJobs();
    expect((await listOwnNotices(jean, {})).rows[0]).toMatchObject({ state: 'queued', dueAt: new Date('2015-02-02T21:00:00.000Z') });
    // In Halifax it is past four: it leaves now.
    done(await updateProfile(jean, own('America/Halifax')));
    await world.runJobs();
    expect((await listOwnNotices(jean, {})).rows[0]).toMatchObject({ state: 'sent' });
  });

  test('000-Y2: given up, what waited leaves at once; without an end, they are refused and nothing changes', async () => {
    done(await savePreferences(jean, { locale: undefined, quiet: night }));
    await say(marie, 'Un');
    await world.runJobs();
    expect(await savePreferences(jean, { locale: undefined, quiet: { from: 0, to: 0, days: everyDay } })).toMatchObject({
      refusal: { code: 'person.quiet-endless' },
    });
    expect((await readPreferences(jean)).quiet).toEqual({ ...night, days: [...everyDay] });
    world.clock.advance(600);
    done(await savePreferences(jean, { locale: undefined, quiet: undefined }));
    await world.runJobs();
    expect(await noticesToJean()).toHaveLength(2);
  });
});

describe('the language of notices', () => {
  test('000-Y2: is the one wished for, else the profile’s, else the organisation’s', async () => {
    done(await updateProfile(jean, { displayName: 'Jean Dubé', locale: 'fr-FR', timeZone: undefined, theme: 'auto' }));
    done(await savePreferences(jean, { locale: 'en', quiet: undefined }));
    world.clock.advance(600);
    await say(marie, 'Un');
    await world.runJobs();
    expect((await noticesToJean()).at(-1)?.subject).toBe('A secure message is waiting for you');
    done(await savePreferences(jean, { locale: undefined, quiet: undefined }));
    world.clock.advance(600);
    await say(marie, 'Deux');
    await world.runJobs();
    expect((await noticesToJean()).at(-1)?.subject).toBe('Un message sécurisé vous attend');
    expect(await readPreferences(await world.as(world.paul.profileId))).toEqual({ locale: undefined, quiet: undefined });
  });
});
