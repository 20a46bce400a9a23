import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SignedInCtx } from '#context';
import { accessConversation, countInboxes, listConversations } from '#domain/conversations/api.ts';
import { closePersona, listPersonas } from '#domain/people/api.ts';
import { addressKey } from '#shared/people.ts';
import { converse, done, type Innovactione, makeInnovactione } from '../../../tests/support/people.ts';
import { employ, newVisitor, outcome } from '../../../tests/support/visitor.ts';
import { accessJoining, beginJoining, confirmJoining, listOwnAddresses, removeAddress, sendJoiningCode } from './api.ts';

const visit = { device: undefined, source: '203.0.113.7' };
const bureau = 'jean.bureau@atelier.example';
let world: Innovactione;
let jean: SignedInCtx;

beforeEach(async () => {
  world = await makeInnovactione();
  jean = await world.as(world.jean.profileId);
});
afterEach(() => world.dispose());

async function asks(address: string, ctx = jean) {
  return beginJoining(ctx, visit, { address, returnTo: undefined });
}

async function joins(address: string, ctx = jean) {
  done(await asks(address, ctx));
  return confirmJoining(ctx, visit, { code: await world.lastCode(address) });
}

/** The actor as the next request sees them. */
async function again(ctx: SignedInCtx): Promise<SignedInCtx> {
  return world.as(ctx.actor.profileId);
}

function codeOf(refused: { ok: boolean; refusal?: { code: string } }) {
  return refused.ok ? 'ok' : refused.refusal?.code;
}

describe('joining an address', () => {
  test('000-Y1 S-04: an invited address joins with the conversations that wait there, and their counts', async () => {
    const marie = await world.as(world.marie.profileId);
    const conversationId = await converse(marie, world.marie.personaId, { participants: [bureau] });
    expect(await accessConversation(jean, { conversationId })).toHaveLength(0);

    const joined = done(await joins(bureau));
    jean = await again(jean);
    expect(joined).toMatchObject({ address: bureau, endsSession: false });
    expect(jean.actor.personas.map((persona) => persona.address)).toEqual([world.jean.address, 'jean.dube@atelier.example', bureau]);
    expect((await listConversations(jean, { personaId: joined.personaId, page: 1, size: 10, order: 'newest' }))?.rows[0]?.id).toBe(conversationId);
    expect((await countInboxes(jean)).byPersona[joined.personaId]).toBe(1);
    expect(await accessConversation(jean, { conversationId })).toHaveLength(1);
  });

  test('000-Y1: an address nobody was ever written to joins too, and signs in by code from then on', async () => {
    done(await joins(bureau));
    const visitor = newVisitor(world);
    await visitor.begins(bureau);
    world.clock.advance(31);
    await visitor.asksForCode();
    expect(outcome(await visitor.givesCode(await world.lastCode(bureau)))).toBe('signed-in');
  });

  test('000-Y1: every address of the profile is told, the new one too', async () => {
    done(await joins(bureau));
    const told = (await world.mails()).filter((mail) => mail.kind === 'alert');
    expect(told.map((mail) => [mail.to, mail.parameters.alert])).toEqual(
      [world.jean.address, 'jean.dube@atelier.example', bureau].map((to) => [to, 'address-joined']),
    );
  });

  test('000-Y1: asking answers alike for an unknown, an invited, and somebody else’s address, and sends each a code', async () => {
    await converse(await world.as(world.marie.profileId), world.marie.personaId, { participants: [bureau] });
    for (const address of ['personne@ailleurs.example', bureau, world.paul.address]) {
      expect(await asks(address)).toEqual({ ok: true, value: undefined });
      expect(await world.lastCode(address)).toMatch(/^\d{8}$/);
      const joining = done(await accessJoining(jean));
      expect(joining).toMatchObject({ address, purpose: 'join' });
    }
  });

  test('000-Y1: an address of another profile is refused only once it is proven, and nothing has moved', async () => {
    done(await asks(world.paul.address));
    expect(codeOf(await confirmJoining(jean, visit, { code: '00000000' }))).toBe('sign-in.code-wrong');
    const refused = await confirmJoining(jean, visit, { code: await world.lastCode(world.paul.address) });
    expect(codeOf(refused)).toBe('person.address-elsewhere');
    expect((await listPersonas(world.ctx, world.paul.profileId)).map((persona) => persona.address)).toEqual([world.paul.address]);
    expect(await listPersonas(world.ctx, world.jean.profileId)).toHaveLength(2);
    // The proof has served.
    expect(codeOf(await confirmJoining(jean, visit, { code: await world.lastCode(world.paul.address) }))).toBe('sign-in.code-used');
  });

  test('000-Y1: an address that its organisation has closed joins nothing', async () => {
    await closePersona(world.ctx, { id: world.paul.personaId, profileId: undefined });
    done(await asks(world.paul.address));
    expect(codeOf(await confirmJoining(jean, visit, { code: await world.lastCode(world.paul.address) }))).toBe('person.address-closed');
  });

  test('S-14: a code is nothing to another session, nor to another profile, nor at the sign-in door', async () => {
    done(await asks(bureau));
    const code = await world.lastCode(bureau);
    expect(codeOf(await confirmJoining(await again(jean), visit, { code }))).toBe('sign-in.start-again');
    expect(codeOf(await confirmJoining(await world.as(world.paul.profileId), visit, { code }))).toBe('sign-in.start-again');
    const stranger = newVisitor(world);
    await stranger.begins(bureau);
    expect(outcome(await stranger.givesCode(code))).toBe('sign-in.start-again');
    stranger.visit.flow = `join:${jean.actor.sessionId}`;
    expect(outcome(await stranger.givesCode(code))).toBe('sign-in.start-again');
  });

  test('S-14: a new code every 30 s at most, counted with those of the address; the last one is kept meanwhile', async () => {
    done(await asks(bureau));
    const code = await world.lastCode(bureau);
    done(await asks(bureau));
    expect(await world.mails(bureau)).toHaveLength(1);
    expect(codeOf(await sendJoiningCode(jean, visit))).toBe('sign-in.code-wait-seconds');
    const stranger = newVisitor(world);
    await stranger.begins(bureau);
    expect(codeOf(await stranger.asksForCode())).toBe('sign-in.code-wait-seconds');
    expect(codeOf(await confirmJoining(jean, visit, { code }))).toBe('ok');
  });

  test('S-14: five tries a code, ten minutes; one that ran out says so', async () => {
    done(await asks(bureau));
    const code = await world.lastCode(bureau);
    const wrong = code === '00000000' ? '11111111' : '00000000';
    for (let left = 4; left > 0; left--) {
      expect(await confirmJoining(jean, visit, { code: wrong })).toMatchObject({ refusal: { code: 'sign-in.code-wrong', data: { count: left } } });
    }
    expect(codeOf(await confirmJoining(jean, visit, { code: wrong }))).toBe('sign-in.code-spent');
    expect(codeOf(await confirmJoining(jean, visit, { code }))).toBe('sign-in.code-spent');
    world.clock.advance(31);
    done(await sendJoiningCode(jean, visit));
    world.clock.advance(600);
    expect(codeOf(await confirmJoining(jean, visit, { code: await world.lastCode(bureau) }))).toBe('sign-in.code-expired');
  });

  test('S-14: one profile sends thirty codes a day at most, whatever the addresses', async () => {
    for (let count = 0; count < 30; count++) done(await asks(`boite${count}@courriel.example`));
    expect(codeOf(await asks('boite30@courriel.example'))).toBe('person.joinings-too-many');
    world.clock.advance(86_400);
    expect(codeOf(await asks('boite30@courriel.example'))).toBe('ok');
  });

  test('000-Y1: the code sent twice, even at the same moment, joins once', async () => {
    done(await asks(bureau));
    const code = await world.lastCode(bureau);
    const both = await Promise.all([1, 2].map(() => confirmJoining(jean, visit, { code })));
    expect(both.map(codeOf)).toEqual(['ok', 'ok']);
    expect((await world.mails(bureau)).filter((mail) => mail.kind === 'alert')).toHaveLength(1);
    expect(await listPersonas(world.ctx, world.jean.profileId)).toHaveLength(3);
  });

  test('000-Y1: proven by two profiles at the same moment, it goes to one', async () => {
    const alain = await world.as(world.alain.profileId);
    done(await asks(bureau));
    const first = await world.lastCode(bureau);
    world.clock.advance(31);
    done(await asks(bureau, alain));
    const second = await world.lastCode(bureau);
    const both = await Promise.all([confirmJoining(jean, visit, { code: first }), confirmJoining(alain, visit, { code: second })]);
    expect(both.map(codeOf).sort()).toEqual(['ok', 'person.address-elsewhere']);
  });

  test('000-Y1: one’s own address, an empty one and a twenty-first are refused before any code', async () => {
    expect(codeOf(await asks(world.jean.address.toUpperCase()))).toBe('person.address-yours');
    expect(codeOf(await asks(' '))).toBe('sign-in.identifier-missing');
    expect(codeOf(await asks('jean'))).toBe('sign-in.identifier-not-an-address');
    const full = { ...jean, actor: { ...jean.actor, personas: Array.from({ length: 20 }, (_, n) => ({ id: jean.newId(), address: `a${n}@b.example` })) } };
    expect(codeOf(await asks(bureau, full))).toBe('person.addresses-too-many');
    expect(await world.mails()).toHaveLength(0);
  });

  test('000-Y1: an address with a role joins, and the session has to be proven again', async () => {
    const { marie } = world;
    await removeRoleless();
    const joined = done(await joins('recrue@innovactione.example'));
    expect(joined.endsSession).toBe(true);
    expect(marie.profileId).not.toBe(jean.actor.profileId);

    async function removeRoleless() {
      await converse(await world.as(marie.profileId), marie.personaId, { participants: ['recrue@innovactione.example'] });
      const row = await world.ctx.db
        .selectFrom('personas')
        .select('id')
        .where('address_key', '=', addressKey('recrue@innovactione.example'))
        .executeTakeFirst();
      await employ(world, world.organisationId, row?.id ?? '');
    }
  });
});

describe('removing an address', () => {
  test('000-Y1: its conversations go with it, and come back with it', async () => {
    const marie = await world.as(world.marie.profileId);
    const conversationId = await converse(marie, world.marie.personaId, { participants: ['jean.dube@atelier.example'] });
    jean = await again(jean);
    expect(await accessConversation(jean, { conversationId })).toHaveLength(1);
    expect(done(await removeAddress(jean, world.jeanAtelier)).address).toBe('jean.dube@atelier.example');
    jean = await again(jean);
    expect(await accessConversation(jean, { conversationId })).toHaveLength(0);
    expect((await world.mails()).filter((mail) => mail.parameters.alert === 'address-removed').map((mail) => mail.to)).toEqual([
      world.jean.address,
      'jean.dube@atelier.example',
    ]);
    world.clock.advance(31);
    done(await joins('jean.dube@atelier.example'));
    expect(await accessConversation(await again(jean), { conversationId })).toHaveLength(1);
  });

  test('000-Y1: not the last one, also when both go at the same moment', async () => {
    const ids = jean.actor.personas.map((persona) => persona.id);
    const both = await Promise.all(ids.map((id) => removeAddress(jean, id)));
    expect(both.map(codeOf).sort()).toEqual(['ok', 'person.address-last']);
    expect((await listOwnAddresses(jean)).map((address) => address.kept?.code)).toEqual(['person.address-last']);
  });

  test('000-Y1 000-A1: not one that an organisation gave a role, nor somebody else’s, nor twice', async () => {
    await employ(world, world.organisationId, world.jeanAtelier);
    jean = await again(jean);
    expect(codeOf(await removeAddress(jean, world.jeanAtelier))).toBe('person.address-of-member');
    expect(codeOf(await removeAddress(jean, world.paul.personaId))).toBe('person.not-found');
    expect(codeOf(await removeAddress(jean, world.jean.personaId))).toBe('ok');
    expect(codeOf(await removeAddress(jean, world.jean.personaId))).toBe('person.not-found');
  });
});
