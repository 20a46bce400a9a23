import { afterEach, beforeEach, expect, test } from 'vitest';
import { listKeptMails } from '#domain/notices/api.ts';
import { converse, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { newVisitor, outcome, type Visitor } from '../../../tests/support/visitor.ts';

let world: Innovactione;
/** The path of the notice that Nadia, who has no account, was sent. */
let link: string;

beforeEach(async () => {
  world = await makeInnovactione();
  link = await noticeTo(world.nadiaAddress);
});
afterEach(() => world.dispose());

async function noticeTo(address: string): Promise<string> {
  await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [address] });
  await world.runJobs();
  const notice = (await listKeptMails(world.ctx, { to: address, limit: 100 })).find(({ kind }) => kind === 'notice');
  return new URL(notice?.links[0] ?? '').pathname;
}

/** A stranger who knows nothing but the address uses up the twenty wrong tries of a day. */
async function wasteTries(address: string, returnTo?: string): Promise<Visitor> {
  const stranger = newVisitor(world, { source: '198.51.100.9' });
  for (let codes = 0; codes < 5; codes += 1) {
    world.clock.advance(31);
    await stranger.begins(address, 'sign-in', returnTo);
    await stranger.asksForCode();
    for (let tries = 0; tries < 5; tries += 1) await stranger.givesCode('00000000');
  }
  expect(outcome(await stranger.givesCode('00000000'))).toBe('sign-in.code-too-many-wrong');
  return stranger;
}

async function comesIn(address: string, returnTo: string | undefined): Promise<string> {
  world.clock.advance(31);
  const browser = newVisitor(world);
  await browser.begins(address, 'sign-in', returnTo);
  const sent = await browser.asksForCode();
  return sent.ok ? outcome(await browser.givesCode(await world.lastCode(address))) : sent.refusal.code;
}

test('S-08 S-14: a stranger who wastes the tries of a newcomer shuts out nobody who comes by the link of their notice', async () => {
  await wasteTries(world.nadiaAddress);
  expect(await comesIn(world.nadiaAddress, undefined)).toBe('sign-in.code-too-many-wrong');
  expect(await comesIn(world.nadiaAddress, link)).toBe('first-visit');
});

test('S-08: the link of somebody else’s notice, an invented one, or one beside other words counts with strangers', async () => {
  const another = await noticeTo('jean.dube@atelier.example');
  await wasteTries(world.nadiaAddress);
  for (const returnTo of [another, `/avis/${'A'.repeat(22)}`, `/connexion?retour=${link}`, `${link}/suite`]) {
    expect(await comesIn(world.nadiaAddress, returnTo)).toBe('sign-in.code-too-many-wrong');
  }
});

test('S-14: whoever has the link has twenty wrong tries a day too, whatever the number of notices, and is not in by it', async () => {
  const holder = await wasteTries(world.nadiaAddress, link);
  const sessions = () => world.ctx.db.selectFrom('sessions').select('id').execute();
  const before = await sessions();
  const second = await noticeTo(world.nadiaAddress);
  expect(await comesIn(world.nadiaAddress, second)).toBe('sign-in.code-too-many-wrong');
  expect(outcome(await holder.givesPassword('Pas le bon mot de passe'))).toBe('sign-in.not-recognised');
  // But Marie's, who wrote again.
  expect((await sessions()).length - before.length).toBe(1);
});

test('the link opens no lane to guess passwords in', async () => {
  const jeans = await noticeTo(world.jean.address);
  const stranger = newVisitor(world, { source: '198.51.100.9' });
  for (let tries = 0; tries < 4; tries += 1) {
    await stranger.begins(world.jean.address);
    await stranger.givesPassword('faux');
  }
  const holder = newVisitor(world);
  await holder.begins(world.jean.address, 'sign-in', jeans);
  expect(outcome(await holder.givesPassword('faux'))).toBe('sign-in.wait-seconds');
});

test('one source that begins very many sign-ins is told to wait; those that are proven do not count, nor does the same browser', async () => {
  const source = '198.51.100.9';
  const taken = Array.from({ length: 999 }, () => world.ctx.now());
  await newVisitor(world, { source }).begins('p@courriel.example');
  // The first took one: 999 more at the same instant, without as many statements.
  await world.ctx.db
    .updateTable('budgets')
    .set({ taken_at: [world.ctx.now(), ...taken] })
    .execute();
  const patient = newVisitor(world, { source });
  expect(await patient.begins('q@courriel.example')).toMatchObject({ ok: false, refusal: { code: 'sign-in.begin-wait-minutes' } });
  expect((await newVisitor(world).begins('q@courriel.example')).ok).toBe(true);
  const flows = await world.ctx.db.selectFrom('sign_in_flows').select('id').execute();
  expect(flows).toHaveLength(2);
  world.clock.advance(3600);
  expect((await patient.begins('q@courriel.example')).ok).toBe(true);
  expect((await patient.begins('q@courriel.example')).ok).toBe(true);
  await patient.asksForCode();
  const counted = async () => (await world.ctx.db.selectFrom('budgets').select('taken_at').execute()).map(({ taken_at }) => taken_at.length);
  expect((await counted()).filter((count) => count === 1).length).toBeGreaterThan(3);
  expect(outcome(await patient.givesCode(await world.lastCode('q@courriel.example')))).toBe('first-visit');
  expect(await counted()).toContain(0);
});
