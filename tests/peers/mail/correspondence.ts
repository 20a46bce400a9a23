import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { type Courier, type Delivery, listDeliveries, openCourier, sendCode, tellMessagePosted } from '#domain/notices/api.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import type { SmtpPatience } from '#platform/mail/smtp-connection.ts';
import { smtpMailer } from '#platform/mail/smtp-mailer.ts';
import type { SmtpRelay } from '#platform/mail/smtp-relay.ts';
import { employ, foundInnovactione, settle } from '../../support/visitor.ts';
import { makeWorld, type World } from '../../support/world.ts';

type Smtp = { patience?: SmtpPatience; ca?: string };

/** Marie writes to people, and a courier carries the notices to a relay. */
export type Correspondence = World & {
  /** Opens the way to a relay; the one before is closed. */
  through(relay: SmtpRelay, smtp?: Smtp): void;
  /** A message in a conversation of its own; answers the notice's delivery, as it is now. */
  writesTo(address: string): Promise<() => Promise<Delivery | undefined>>;
  sendsCode(to: string, code: string): Promise<void>;
  /** What a job or a sweep does. */
  round(): Promise<void>;
  /** Rounds, each a little later by Pli's clock, until that is true. */
  roundsUntil(happened: () => boolean | Promise<boolean>): Promise<void>;
};

/** Short, so that the tests are: the order of things is what they are about. */
export const hurried = { connect: 2_000, greeting: 2_000, silence: 400, wholeTry: 5_000 };

export async function makeCorrespondence(): Promise<Correspondence> {
  const world = await makeWorld();
  const organisationId = (await foundInnovactione(world)).id;
  const marie = await settle(world, 'Marie Unetelle', ['marie.unetelle@innovactione.example'], '');
  await employ(world, organisationId, marie.personaId);
  let courier: Courier | undefined;
  let onTheirWay = 0;

  async function invite(address: string): Promise<string> {
    const known = await world.ctx.db.selectFrom('personas').select('id').where('address_key', '=', address).executeTakeFirst();
    if (known) return known.id;
    const id = world.ctx.newId();
    await world.ctx.db.insertInto('personas').values({ id, address, address_key: address, created_at: world.ctx.now() }).execute();
    return id;
  }
  function open(mailer: Mailer): Courier {
    const watched: Mailer = {
      ...mailer,
      async send(mail) {
        onTheirWay += 1;
        await mailer.send(mail).finally(() => {
          onTheirWay -= 1;
        });
      },
    };
    return openCourier({ publicUrl: () => new URL('https://pli.innovactione.example/'), fromAddress: 'connexion@innovactione.example', mailer: watched });
  }
  const round = async () => courier?.deliver(world.ctx);
  return {
    ...world,
    through(relay, { patience = hurried, ca } = {}) {
      void courier?.stop();
      courier = open(smtpMailer(relay, { name: 'pli.innovactione.example', patience, ca }));
    },
    async writesTo(address) {
      const conversation = { organisationId, conversationId: randomUUID() };
      const recipientPersonaIds = [await invite(address)];
      await tellMessagePosted(world.ctx, { ...conversation, messageId: randomUUID(), senderPersonaId: marie.personaId, recipientPersonaIds });
      return async () => (await listDeliveries(world.ctx, conversation))[0];
    },
    sendsCode: (to, code) => sendCode(world.ctx, { to, code, locale: 'fr-CA', minutes: 10, purpose: 'sign-in' }),
    async round() {
      await round();
    },
    async roundsUntil(happened) {
      await vi.waitFor(
        async () => {
          // A minute of Pli's must not go by while a relay takes a second of ours.
          if (onTheirWay === 0) {
            world.clock.advance(15);
            await round();
          }
          if (!(await happened())) throw new Error('Not yet');
        },
        { timeout: 15_000, interval: 30 },
      );
    },
    async dispose() {
      await courier?.stop();
      await world.dispose();
    },
  };
}

/** Waits, without moving Pli's clock. */
export function until(happened: () => boolean | Promise<boolean>): Promise<void> {
  return vi.waitFor(
    async () => {
      if (!(await happened())) throw new Error('It did not happen');
    },
    { timeout: 15_000, interval: 20 },
  );
}
