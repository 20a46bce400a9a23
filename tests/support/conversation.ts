import type { SignedInCtx } from '#context';
import { accessOneConversation, addPeople, listActivities, listPeopleStates, openMessage, postMessage, readThread } from '#domain/conversations/api.ts';
import { listKeptMails } from '#domain/notices/api.ts';
import { createProfile } from '#domain/people/api.ts';
import type { NewPeople } from '#shared/conversations.ts';
import { converse, done, type Innovactione, makeInnovactione } from './people.ts';

/** Marie's conversation with Jean, a minute old; Paul and Nadia have accounts and take no part. */
export type Conversed = Awaited<ReturnType<typeof makeConversation>>;

export async function makeConversation() {
  const world = await makeInnovactione();
  const marie = await world.as(world.marie.profileId);
  const paul = await world.as(world.paul.profileId);
  const jean = await world.as(world.jean.profileId);
  const settled = done(await createProfile(world.ctx, { displayName: 'Nadia Roy', addresses: [world.nadiaAddress] }));
  const nadia = await world.as(settled.profileId);
  const id = await converse(marie, world.marie.personaId, { message: 'Premier message' });
  world.clock.advance(60);
  return { ...acts(world, { marie, id }), world, marie, paul, jean, nadia, nadiaId: settled.personas[0]?.id ?? '', id };
}

function acts(world: Innovactione, { marie, id }: { marie: SignedInCtx; id: string }) {
  const byMarie = { conversationId: id, personaId: world.marie.personaId };

  async function door(ctx: SignedInCtx) {
    const conversation = await accessOneConversation(ctx, { conversationId: id });
    if (!conversation) throw new Error('Not found');
    return conversation;
  }
  const thread = async (ctx: SignedInCtx) => readThread(ctx, await door(ctx), { window: undefined });
  return {
    byMarie,
    about: (subjectPersonaId: string) => ({ ...byMarie, subjectPersonaId }),
    add: (addresses: string[], chosen: Partial<NewPeople> = {}) => addPeople(marie, { ...byMarie, addresses, role: 'participant', past: false, ...chosen }),
    door,
    thread,
    async say(ctx: SignedInCtx, message: string, uploadIds: string[] = []) {
      const { personaId } = await door(ctx);
      return done(await postMessage(ctx, { conversationId: id, personaId, message, uploadIds, postKey: ctx.newId() })).messageId;
    },
    async openAll(ctx: SignedInCtx) {
      const { personaId } = await door(ctx);
      for (const message of (await thread(ctx)).messages) done(await openMessage(ctx, { conversationId: id, messageId: message.id, personaId }));
    },
    /** The activities as somebody reads them, oldest first: what was done, and to whom or to which message. */
    async lines(ctx: SignedInCtx) {
      const { rows } = await listActivities(ctx, await door(ctx), { order: { by: 'date', descending: false }, page: 1 });
      return rows.map((row) => [row.kind, row.subjectAddress ?? row.messagePosition]);
    },
    states: async (ctx = marie) => new Map((await listPeopleStates(ctx, await door(ctx))).map((state) => [state.address, state])),
    mailsTo: async (to: string) => (await listKeptMails(world.ctx, { to, limit: 100 })).toReversed(),
  };
}

/** The token of a notice's link. */
export function tokenOf(links: readonly string[] = []): string {
  return new URL(links[0] ?? '').pathname.split('/').at(-1) ?? '';
}
