import { atomically, type SignedInCtx } from '#context';
import { type HolderPersona, listHolderPersonas, policyOf } from '#domain/organisations/api.ts';
import { findOrInvitePersonas } from '#domain/people/api.ts';
import { sealBytes } from '#platform/keys/seal.ts';
import { ok, type Result, refuse } from '#result';
import type { NewConversation } from '#shared/conversations.ts';
import { daysUntil, expiryOf, localDay } from '#shared/expiry.ts';
import { addressKey } from '#shared/people.ts';
import type { Policy } from '#shared/policy.ts';
import { joinDelegates } from './join-delegates.ts';
import { refusalOfDomains } from './policy.ts';
import { putMessage, type SealedMessage, sealMessage } from './put-message.ts';
import { findPosted, insertActivities, insertConversation, insertParticipations, lockConversation, lockPostKey } from './write-queries.ts';

type Started = { conversationId: string };

/**
 * Starts a conversation and posts its first message (000-03, 000-C1); the draft of a new conversation goes with it. Sent twice with the same
 * `postKey`, it is started once.
 * Refuses `conversation.may-not-start` (participants never may: 000-06, S-01), `participants.only-yourself`, what the organisation's policy
 * does not allow (`participants.domain-not-allowed`, `expiry.outside-policy`), and what `prepareFiles` refuses.
 */
export async function startConversation(ctx: SignedInCtx, input: NewConversation): Promise<Result<Started>> {
  const holder = (await listHolderPersonas(ctx)).find((persona) => persona.personaId === input.holderPersonaId);
  if (!holder) return refuse('conversation.may-not-start');
  const others = input.participants.filter((address) => addressKey(address) !== addressKey(holder.address));
  if (others.length === 0) return refuse('participants.only-yourself');
  const policy = await policyOf(ctx, holder.organisationId);
  const stranger = refusalOfDomains(others, policy.recipientDomains);
  if (stranger) return { ok: false, refusal: stranger };
  const expiryDays = chosenExpiry(ctx.now(), { ...holder, policy }, input.expiresOn);
  if (!expiryDays.ok) return expiryDays;

  const sealed = await sealMessage(ctx, { ...input, zone: holder.timeZone, expiryDays: expiryDays.value ?? holder.expiryDays, rules: policy });
  if (!sealed.ok) {
    // The same form may have been sent before, and have taken the files: then its conversation is the answer.
    const already = input.postKey === '' ? undefined : await findPosted(ctx.db, { ...holder, postKey: input.postKey });
    return already ? ok({ conversationId: already.conversationId }) : sealed;
  }
  const place = { holder, title: input.title, others, postKey: input.postKey || sealed.value.id, expiryDays: expiryDays.value };
  return atomically(ctx, (inside) => insertStarted(inside, sealed.value, place));
}

type Start = { holder: HolderPersona; title: string; others: string[]; postKey: string; expiryDays: number | undefined };

async function insertStarted(ctx: SignedInCtx, sealed: SealedMessage, start: Start): Promise<Result<Started>> {
  const { organisationId, personaId } = start.holder;
  await lockPostKey(ctx.db, start.postKey);
  const already = await findPosted(ctx.db, { organisationId, personaId, postKey: start.postKey });
  if (already) return ok({ conversationId: already.conversationId });

  const conversationId = ctx.newId();
  const at = sealed.sentAt;
  const key = ctx.randomBytes(32);
  await insertConversation(ctx.db, {
    organisationId,
    id: conversationId,
    holderPersonaId: personaId,
    title: sealBytes(key, Buffer.from(start.title), `conversation:${conversationId}:title`),
    // That day's key is in memory since the message was sealed for it.
    wrappedKey: await ctx.keys.wrap(sealed.keyDay, key, `conversation:${conversationId}`),
    keyDay: sealed.keyDay,
    lastExpiresAt: sealed.expiresAt,
    expiryDays: start.expiryDays,
    at,
  });
  await insertPeople(ctx, { organisationId, conversationId, holderPersonaId: personaId, others: start.others, at });
  // Started while its holder is away: whoever replaces them reads it from its first message on.
  await joinDelegates(ctx, { organisationId, conversationId }, { personaId, messageCount: 0 });
  const locked = await lockConversation(ctx.db, { organisationId, conversationId });
  if (!locked) throw new Error('A conversation just inserted can be locked');
  // Suspended since the form was read.
  if (!locked.holderActive) return refuse('conversation.may-not-start');
  const put = await putMessage(ctx, sealed, { organisationId, conversationId, senderPersonaId: personaId, postKey: start.postKey, locked, draft: 'new' });
  if (!put.ok) return put;
  // Whoever sends the same key waits at the lock above, but for somebody who has made up one key for two forms.
  if (!put.value) throw new Error('A key under which nothing was posted has posted meanwhile');
  return ok({ conversationId });
}

type People = { organisationId: string; conversationId: string; holderPersonaId: string; others: string[]; at: Date };

async function insertPeople(ctx: SignedInCtx, { organisationId, conversationId, holderPersonaId, others, at }: People): Promise<void> {
  const personaIds = (await findOrInvitePersonas(ctx, others)).map(({ id }) => id);
  const place = { organisationId, conversationId, at };
  await insertParticipations(ctx.db, [
    { ...place, personaId: holderPersonaId, role: 'holder' },
    ...personaIds.map((personaId) => ({ ...place, personaId, role: 'participant' as const })),
  ]);
  await insertActivities(ctx.db, [
    { ...place, id: ctx.newId(), kind: 'created', personaId: holderPersonaId },
    ...personaIds.map((subjectPersonaId) => ({
      ...place,
      id: ctx.newId(),
      kind: 'participant-added' as const,
      personaId: holderPersonaId,
      subjectPersonaId,
    })),
  ]);
}

type Rule = Pick<HolderPersona, 'timeZone' | 'expiryDays'> & { policy: Policy };

/** The days chosen by «Expire le», or undefined when it is what the organisation's rule gives anyway. */
function chosenExpiry(now: Date, { timeZone, expiryDays, policy }: Rule, expiresOn: string | undefined): Result<number | undefined> {
  if (expiresOn === undefined || expiresOn === localDay(expiryOf(now, timeZone, expiryDays), timeZone)) return ok(undefined);
  const days = daysUntil(now, expiresOn, timeZone);
  const { min, max } = policy.expiryDays;
  return days < min || days > max ? refuse('expiry.outside-policy', { min, max }) : ok(days);
}
