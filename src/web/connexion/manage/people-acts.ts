import { z } from 'zod';
import { addPeople, type Conversation, changeRole, correctAddress, removePerson, sendAgain } from '#domain/conversations/api.ts';
import type { Refusal, Result } from '#result';
import { type FieldFault, readCorrection, readNewPeople, readRole } from '#shared/conversations.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import type { WebContext } from '#web/layout/web.ts';
import { sentenceOf, statusOf } from '#web/refusals.ts';
import { signedInCtx } from '#web/session.ts';
import { conversationHref, manageHref, personHref } from '../addresses.ts';
import { readPostedForm } from '../posted-form.ts';
import { viewOf } from '../reading.tsx';
import type { Acting } from './add-people-section.tsx';
import { accessManaged, accessPerson, manageResponse, personResponse } from './managing.tsx';

export async function sendNewPeople(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const conversation = await accessManaged(c);
  if (!conversation) return notFoundPage(c);
  const form = await readPostedForm(c, ctx.actor);
  const read = readNewPeople(form.fields);
  const faults = [...form.faults, ...(read.ok ? [] : read.faults)];
  if (!read.ok || faults.length > 0) return manageResponse(c, conversation, { adding: again(c, conversation, { fields: form.fields, faults }), status: 422 });
  const added = await addPeople(ctx, { ...read.value, conversationId: conversation.id, personaId: conversation.personaId });
  if (!added.ok) {
    const fault = { ...added.refusal, field: 'participants' };
    return manageResponse(c, conversation, { adding: again(c, conversation, { fields: form.fields, faults: [fault] }), status: statusOf(added.refusal) });
  }
  setFlash(c, 'success', 'manage.flash.added', { count: added.value.added });
  return c.redirect(manageHref(conversation), 303);
}

/** «Retirer»: twice is once. Who takes themselves out is back in their list. */
export async function sendRemoval(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const asked = await askedOf(c);
  const removed = asked && (await removePerson(ctx, asked));
  if (!asked || !removed) return notFoundPage(c);
  if (!removed.ok) return refused(c, removed.refusal, '');
  setFlash(c, 'success', 'manage.flash.removed', { address: removed.value.address });
  const self = asked.subjectPersonaId === asked.personaId;
  return c.redirect(self ? `/connexion?persona=${asked.personaId}` : manageHref({ id: asked.conversationId, personaId: asked.personaId }), 303);
}

export async function sendCorrection(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const asked = await askedOf(c);
  if (!asked) return notFoundPage(c);
  const form = await readPostedForm(c, ctx.actor);
  const read = readCorrection(form.fields);
  if (!read.ok || form.faults.length > 0) return refused(c, [...form.faults, ...(read.ok ? [] : read.faults)], form.fields.adresse);
  const corrected = await correctAddress(ctx, { ...asked, address: read.value.address });
  if (!corrected.ok) return refused(c, corrected.refusal, form.fields.adresse);
  setFlash(c, 'success', 'manage.flash.corrected', { address: read.value.address });
  return c.redirect(manageHref({ id: asked.conversationId, personaId: asked.personaId }), 303);
}

export async function sendNoticeAgain(c: WebContext): Promise<Response> {
  const asked = await askedOf(c);
  const sent: Result<{ address: string }> | undefined = asked && (await sendAgain(signedInCtx(c), asked));
  if (!asked || !sent) return notFoundPage(c);
  if (!sent.ok) return refused(c, sent.refusal, undefined);
  setFlash(c, 'success', 'manage.flash.sent-again', { address: sent.value.address });
  return c.redirect(personHref({ id: asked.conversationId, personaId: asked.personaId }, asked.subjectPersonaId), 303);
}

/** «Changer le rôle»; somebody who takes the tools from themselves is back in the conversation. */
export async function sendRole(c: WebContext): Promise<Response> {
  const asked = await askedOf(c);
  if (!asked) return notFoundPage(c);
  const changed = await changeRole(signedInCtx(c), { ...asked, role: readRole((await readForm(c))('role')) });
  if (!changed.ok) return refused(c, changed.refusal, undefined);
  setFlash(c, 'success', 'manage.flash.role', { address: changed.value.address });
  const place = { id: asked.conversationId, personaId: asked.personaId };
  const still = await accessManaged(c);
  return c.redirect(still ? personHref(place, asked.subjectPersonaId) : conversationHref(place), 303);
}

async function askedOf(c: WebContext) {
  const conversation = await accessManaged(c);
  const subject = z.uuid().safeParse(c.req.param('personne'));
  return conversation && subject.success ? { conversationId: conversation.id, personaId: conversation.personaId, subjectPersonaId: subject.data } : undefined;
}

/** The person's page again with the sentence, and what was typed; without the person, as if the page did not exist. */
async function refused(c: WebContext, refusal: Refusal | FieldFault[], typed: string | undefined): Promise<Response> {
  const found = await accessPerson(c);
  if (!found) return notFoundPage(c);
  const faults = Array.isArray(refusal) ? refusal : [{ ...refusal, field: fieldOf(refusal) }];
  const acting = again(c, found.conversation, { fields: typed === undefined ? {} : { adresse: typed }, faults });
  return personResponse(c, found, { acting, status: Array.isArray(refusal) ? 422 : statusOf(refusal) });
}

function fieldOf({ code }: Refusal): string {
  if (code === 'participants.not-collaborators' || code === 'person.stands-in' || code === 'person.holder-role') return 'role';
  if (code.startsWith('participants.') || code === 'person.already-opened') return 'adresse';
  return code.startsWith('notice.') ? 'avis' : 'retirer';
}

type Faulty = { fields: Record<string, string>; faults: readonly (Refusal & { field: string })[] };

function again(c: WebContext, conversation: Conversation, { fields, faults }: Faulty): Acting {
  const view = viewOf(c, conversation);
  return { fields, faults: faults.map((fault) => ({ field: fault.field, text: sentenceOf(view, fault) })) };
}
