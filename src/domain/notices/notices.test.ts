import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keptMailer } from '#platform/mail/kept-mailer.ts';
import { type Mail, type Mailer, MailNotSent } from '#platform/mail/mailer.ts';
import { noMailer } from '#platform/mail/no-mailer.ts';
import { employ, foundInnovactione, settle } from '../../../tests/support/visitor.ts';
import { makeWorld, type World } from '../../../tests/support/world.ts';
import {
  type DeliverySettings,
  deliverDueMails,
  findNoticeTarget,
  listDeliveries,
  listKeptMails,
  recordBounce,
  sendAlert,
  sendCode,
  settleQueuedNotices,
  tellMessagePosted,
} from './api.ts';

let world: World;
let organisationId: string;
let marie: { profileId: string; personaId: string };
let jean: { profileId: string; personaId: string };
let nadiaPersonaId: string;

beforeEach(async () => {
  world = await makeWorld();
  organisationId = (await foundInnovactione(world)).id;
  marie = await settle(world, 'Marie Unetelle', ['marie.unetelle@innovactione.example'], '');
  await employ(world, organisationId, marie.personaId);
  jean = await settle(world, 'Jean Dubé', ['jeand@courriel.example'], '');
  nadiaPersonaId = await invite('nadia.roy@courriel.example');
});
afterEach(() => world.dispose());

async function invite(address: string): Promise<string> {
  const id = world.ctx.newId();
  await world.ctx.db.insertInto('personas').values({ id, address, address_key: address, created_at: world.ctx.now() }).execute();
  return id;
}

function settings(mailer: Mailer = keptMailer(world.ctx.db)): DeliverySettings {
  return { publicUrl: () => new URL('https://pli.innovactione.example/'), fromAddress: 'Courrier <connexion@innovactione.example>', mailer };
}

const deliver = (mailer?: Mailer) => deliverDueMails(world.ctx, settings(mailer));

type Posted = { organisationId: string; conversationId: string; messageId: string; senderPersonaId: string; recipientPersonaIds: string[] };

async function post(overrides: Partial<Posted> = {}): Promise<Posted> {
  const posted = {
    organisationId,
    conversationId: randomUUID(),
    messageId: randomUUID(),
    senderPersonaId: marie.personaId,
    recipientPersonaIds: [jean.personaId, nadiaPersonaId],
    ...overrides,
  };
  await tellMessagePosted(world.ctx, posted);
  return posted;
}

const kept = (to?: string) => listKeptMails(world.ctx, { to, limit: 100 });
const tokenOf = (link = '') => new URL(link).pathname.split('/').at(-1) ?? '';

describe('the notice', () => {
  test('000-04 000-08 000-10 S-06: each person of the conversation gets one, from the one published address', async () => {
    await post();
    await deliver();
    const mails = await kept();
    expect(mails.map((mail) => mail.to).sort()).toEqual(['jeand@courriel.example', 'nadia.roy@courriel.example']);
    for (const mail of mails) {
      expect(mail).toMatchObject({
        channel: 'mail',
        kind: 'notice',
        from: 'Connexion <connexion@innovactione.example>',
        subject: 'Un message sécurisé vous attend',
        code: null,
        status: 'sent',
      });
      expect(mail.links[0]).toMatch(/^https:\/\/pli\.innovactione\.example\/avis\/[\w-]{22}$/);
      expect(mail.html).toContain('Accéder au message');
      expect(mail.text).toContain('ACCÉDER AU MESSAGE');
    }
  });

  test('000-04: one for every message, and never for the one who wrote it', async () => {
    await post();
    await post({ senderPersonaId: jean.personaId, recipientPersonaIds: [marie.personaId, jean.personaId] });
    await deliver();
    expect(await kept('jeand@courriel.example')).toHaveLength(1);
    expect(await kept('marie.unetelle@innovactione.example')).toHaveLength(1);
  });

  test('000-09: it says «collaborateur» of a collaborator only', async () => {
    await post({ recipientPersonaIds: [jean.personaId] });
    await post({ senderPersonaId: jean.personaId, recipientPersonaIds: [marie.personaId] });
    await deliver();
    const [toJean] = await kept('jeand@courriel.example');
    const [toMarie] = await kept('marie.unetelle@innovactione.example');
    expect(toJean?.text.replace(/\s+/g, ' ')).toContain('Un collaborateur, marie.unetelle@innovactione.example, vous a envoyé un message sécurisé.');
    expect(toMarie?.text.replace(/\s+/g, ' ')).toContain('jeand@courriel.example vous a envoyé un message sécurisé.');
    expect(toMarie?.text).not.toContain('collaborateur');
  });

  test('000-09: it names no other participant', async () => {
    await post();
    await deliver();
    const [toJean] = await kept('jeand@courriel.example');
    expect(`${toJean?.html}${toJean?.text}`).not.toContain('nadia');
  });

  test("000-Y2: it is in its reader's language, and leads to the other", async () => {
    await world.ctx.db.updateTable('profiles').set({ locale: 'en' }).where('id', '=', jean.profileId).execute();
    await post();
    await deliver();
    const [toJean] = await kept('jeand@courriel.example');
    const [toNadia] = await kept('nadia.roy@courriel.example');
    expect(toJean?.subject).toBe('A secure message is waiting for you');
    expect(toJean?.html).toContain('<html lang="en">');
    expect(toJean?.links.some((link) => link.endsWith('?lang=fr'))).toBe(true);
    expect(toNadia?.html).toContain('<html lang="fr-CA">');
    expect(toNadia?.links.some((link) => link.endsWith('?lang=en'))).toBe(true);
  });

  test('S-08: its link tells who and what it is for, whoever asks and however often; the database does not hold it', async () => {
    const posted = await post();
    await deliver();
    const [toNadia] = await kept('nadia.roy@courriel.example');
    const token = tokenOf(toNadia?.links[0]);
    const target = {
      personaId: nadiaPersonaId,
      address: 'nadia.roy@courriel.example',
      profileId: null,
      organisationId,
      conversationId: posted.conversationId,
      messageId: posted.messageId,
    };
    expect(await findNoticeTarget(world.ctx, token)).toEqual(target);
    expect(await findNoticeTarget(world.ctx, token)).toEqual(target);
    expect(await findNoticeTarget(world.ctx, `${token.slice(0, -1)}${token.endsWith('A') ? 'Q' : 'A'}`)).toBeUndefined();
    expect(await findNoticeTarget(world.ctx, "' or 1=1")).toBeUndefined();
    const rows = await world.ctx.db.selectFrom('notices').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  test('told twice, it is one notice; delivered twice, one mail under one Message-ID', async () => {
    const posted = await post();
    await tellMessagePosted(world.ctx, posted);
    await Promise.all([deliver(), deliver(), deliver()]);
    await deliver();
    const mails = await kept();
    expect(mails).toHaveLength(2);
    expect(new Set(mails.map((mail) => mail.messageId)).size).toBe(2);
  });

  test('a transaction that is undone tells nobody', async () => {
    await expect(
      world.ctx.db.transaction().execute(async (db) => {
        await tellMessagePosted(
          { ...world.ctx, db },
          { organisationId, conversationId: randomUUID(), messageId: randomUUID(), senderPersonaId: marie.personaId, recipientPersonaIds: [jean.personaId] },
        );
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    await deliver();
    expect(await kept()).toEqual([]);
  });

  test('000-40: what became of it can be read by conversation: sent, then bounced', async () => {
    const posted = await post({ recipientPersonaIds: [jean.personaId] });
    expect(await listDeliveries(world.ctx, posted)).toMatchObject([{ personaId: jean.personaId, messageId: posted.messageId, state: 'queued' }]);
    await deliver();
    expect(await listDeliveries(world.ctx, posted)).toMatchObject([{ state: 'sent' }]);
    const [mail] = await kept();
    expect(await recordBounce(world.ctx, mail?.messageId ?? '')).toBe(true);
    expect(await recordBounce(world.ctx, '<unknown@innovactione.example>')).toBe(false);
    expect(await listDeliveries(world.ctx, posted)).toMatchObject([{ state: 'bounced' }]);
    expect((await kept())[0]?.status).toBe('bounced');
  });

  test('a past that is loaded is declared told', async () => {
    await post();
    await settleQueuedNotices(world.ctx);
    await deliver();
    expect(await kept()).toEqual([]);
  });
});

describe('a mail that cannot leave', () => {
  test('waits while there is no way out, and the log says so once', async () => {
    const said: string[] = [];
    const mailer = noMailer({ ...world.ctx.log, warn: (_fields, text) => said.push(text) });
    await post({ recipientPersonaIds: [jean.personaId] });
    await deliver(mailer);
    await deliver(mailer);
    expect(said).toHaveLength(1);
    await deliver();
    expect(await kept()).toHaveLength(1);
  });

  const answering = (send: Mailer['send']): Mailer => ({ ready: () => true, remote: true, send, close: () => undefined });

  /** A relay with this fault for Jean's mails; the others are kept. */
  function faultyForJean(fault: MailNotSent['fault'], reason: string) {
    const tried: { mail: Mail; at: number }[] = [];
    const mailer = answering(async (mail) => {
      if (mail.to !== 'jeand@courriel.example') return keptMailer(world.ctx.db).send(mail);
      tried.push({ mail, at: world.ctx.now().getTime() });
      throw new MailNotSent({ fault, reason, cause: undefined });
    });
    return { mailer, tried };
  }
  const statesOf = async (posted: Posted) =>
    (await listDeliveries(world.ctx, posted)).map(({ personaId, state, failure }) => [personaId === jean.personaId ? 'Jean' : 'Nadia', state, failure]).sort();

  test('is tried again ever later, five days long, as the very same mail, then given up; the others leave meanwhile', async () => {
    const { mailer, tried } = faultyForJean('later', '451 4.7.1');
    const posted = await post();
    await deliver(mailer);
    expect((await kept()).map((mail) => mail.to)).toEqual(['nadia.roy@courriel.example']);
    expect(await statesOf(posted)).toEqual([
      ['Jean', 'queued', '451 4.7.1'],
      ['Nadia', 'sent', null],
    ]);
    for (let quarter = 0; quarter < 4 * 24 * 5 + 8; quarter++) {
      world.clock.advance(900);
      await deliver(mailer);
    }
    expect((tried.at(-1)?.at ?? 0) - (tried[0]?.at ?? 0)).toBeGreaterThanOrEqual(5 * 86_400_000);
    expect(tried.length).toBeLessThan(150);
    expect(new Set(tried.map(({ mail }) => JSON.stringify(mail))).size).toBe(1);
    expect(await statesOf(posted)).toEqual([
      ['Jean', 'failed', '451 4.7.1'],
      ['Nadia', 'sent', null],
    ]);
  });

  test('000-40: is given up at once when the relay refuses it for good, and says why', async () => {
    const { mailer, tried } = faultyForJean('refused', '550 5.1.1');
    const posted = await post();
    await deliver(mailer);
    world.clock.advance(86_400);
    await deliver(mailer);
    expect(tried).toHaveLength(1);
    expect(await statesOf(posted)).toEqual([
      ['Jean', 'failed', '550 5.1.1'],
      ['Nadia', 'sent', null],
    ]);
  });

  test('a relay that is gone is not asked for each of a thousand mails, and none is lost', async () => {
    let asked = 0;
    const gone = answering(async () => {
      asked += 1;
      throw new MailNotSent({ fault: 'unreachable', reason: 'ESOCKET ECONNREFUSED', cause: undefined });
    });
    for (let index = 0; index < 10; index++) await post({ recipientPersonaIds: [jean.personaId] });
    await deliver(gone);
    expect(asked).toBe(3);
    world.clock.advance(60);
    await deliver();
    expect(await kept()).toHaveLength(10);
  });

  test('a worker that died holding a mail only delays it, and the mail keeps its Message-ID', async () => {
    await post({ recipientPersonaIds: [jean.personaId] });
    const ids: string[] = [];
    const dies = answering((mail) => {
      ids.push(mail.messageId);
      return new Promise(() => undefined);
    });
    void deliver(dies);
    await vi.waitFor(() => expect(ids).toHaveLength(1));
    await deliver();
    expect(await kept()).toEqual([]);
    world.clock.advance(120);
    await deliver();
    expect((await kept()).map((mail) => mail.messageId)).toEqual(ids);
  });

  test('S-14: a code is tried again within seconds, before everything else', async () => {
    const moments: number[] = [];
    const busy = answering(async () => {
      moments.push(world.ctx.now().getTime());
      throw new MailNotSent({ fault: 'later', reason: '451', cause: undefined });
    });
    await sendCode(world.ctx, { to: 'jeand@courriel.example', code: '04711842', locale: 'fr-CA', minutes: 10, purpose: 'sign-in' });
    for (let second = 0; second < 600; second++) {
      await deliver(busy);
      world.clock.advance(1);
    }
    const gaps = moments.map((at, index) => (at - (moments[index - 1] ?? at)) / 1000).slice(1);
    expect(gaps.slice(0, 5)).toEqual([5, 10, 20, 30, 30]);
  });
});

describe('codes and alerts', () => {
  const asked = { to: 'jeand@courriel.example', code: '04711842', locale: 'fr-CA', minutes: 10 } as const;

  test('S-14: a code is in the text and in its own field, never in the subject; it waits sealed and is erased once sent', async () => {
    await sendCode(world.ctx, { ...asked, purpose: 'sign-in' });
    const waiting = await world.ctx.db.selectFrom('outgoing_mails').selectAll().executeTakeFirstOrThrow();
    expect(JSON.stringify({ ...waiting, sealed_code: waiting.sealed_code?.toString('latin1') })).not.toContain('04711842');
    await deliver();
    const [mail] = await kept();
    expect(mail).toMatchObject({ kind: 'code', code: '04711842', to: 'jeand@courriel.example', subject: 'Votre code pour ouvrir une session' });
    expect(mail?.text).toContain('04711842');
    expect(mail?.text).toMatch(/valable 10\sminutes/);
    expect(mail?.html).toContain('04711842');
    expect(await world.ctx.db.selectFrom('outgoing_mails').select('sealed_code').execute()).toEqual([{ sealed_code: null }]);
  });

  test('S-14: a code that could not leave while it was valid never leaves', async () => {
    await sendCode(world.ctx, { ...asked, purpose: 'sign-in' });
    await deliver(noMailer(world.ctx.log));
    world.clock.advance(600);
    await deliver();
    expect(await kept()).toEqual([]);
    expect(await world.ctx.db.selectFrom('outgoing_mails').select(['status', 'sealed_code']).execute()).toEqual([{ status: 'failed', sealed_code: null }]);
  });

  test('S-07: no link of its mail uses it', async () => {
    await sendCode(world.ctx, { ...asked, purpose: 'reset' });
    await deliver();
    const [mail] = await kept();
    expect(mail?.kind).toBe('reset');
    expect(mail?.links.join()).not.toContain('04711842');
  });

  test('an alert tells the owner, in their language', async () => {
    await sendAlert(world.ctx, { to: 'jeand@courriel.example', kind: 'password-changed', locale: 'en' });
    await deliver();
    expect((await kept())[0]).toMatchObject({ kind: 'alert', subject: 'Your password has changed', code: null });
  });
});
