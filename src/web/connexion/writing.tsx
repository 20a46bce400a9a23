import type { ReceivedFile } from '#domain/attachments/api.ts';
import { accessOneConversation, type Conversation, findWindow, openMessage, postMessage, startConversation } from '#domain/conversations/api.ts';
import { type DraftPlace, findDraft, keepDraft } from '#domain/drafts/api.ts';
import { type HolderPersona, listHolderPersonas, policyOf } from '#domain/organisations/api.ts';
import type { Refusal } from '#result';
import { type FieldFault, readNewConversation, readNewMessage } from '#shared/conversations.ts';
import { expiryOf } from '#shared/expiry.ts';
import { widestRules } from '#shared/policy.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { sentenceOf, statusOf } from '#web/refusals.ts';
import { recentSession, signedInCtx } from '#web/session.ts';
import { conversationHref, draftPage } from './addresses.ts';
import type { Composing } from './composer.tsx';
import { draftOf, readVersion, startingFrom } from './draft-form.ts';
import { NewConversationPage } from './new-conversation-page.tsx';
import { type PostedForm, readPostedForm } from './posted-form.ts';
import { conversationResponse, viewOf } from './reading.tsx';

export async function showNewConversation(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const holders = await listHolderPersonas(ctx);
  if (holders.length === 0) return notFoundPage(c);
  const composing = startingFrom(await findDraft(ctx, 'new'), ctx.newId());
  return newConversationResponse(c, { holders, composing, status: 200 });
}

export async function sendNewConversation(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const holders = await listHolderPersonas(ctx);
  if (holders.length === 0) return notFoundPage(c);
  const form = await readPostedForm(c, { profileId: ctx.actor.profileId });
  const read = readNewConversation(form.fields, wanted(form));
  const faults = allFaults(form, read);
  if (!read.ok || faults.length > 0) return newConversationResponse(c, { holders, composing: again(c, form, faults), status: statusOfFaults(faults) });
  const started = await startConversation(ctx, read.value);
  if (!started.ok) {
    return newConversationResponse(c, { holders, composing: again(c, form, [faultOf(started.refusal)]), status: statusOf(started.refusal) });
  }
  setFlash(c, 'success', 'connexion.flash.started');
  return c.redirect(conversationHref({ id: started.value.conversationId, personaId: read.value.holderPersonaId }), 303);
}

export async function sendMessage(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const conversation = await accessOneConversation(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') });
  if (!conversation) return notFoundPage(c);
  const form = await readPostedForm(c, { profileId: ctx.actor.profileId });
  const read = readNewMessage(form.fields, wanted(form));
  const faults = allFaults(form, read);
  if (!read.ok || faults.length > 0) return refusedMessage(c, conversation, { form, faults, status: statusOfFaults(faults) });
  const posted = await postMessage(ctx, { ...read.value, conversationId: conversation.id, personaId: conversation.personaId });
  if (!posted.ok) {
    return refusedMessage(c, conversation, { form, faults: [faultOf(posted.refusal)], status: statusOf(posted.refusal) });
  }
  setFlash(c, 'success', 'connexion.flash.posted');
  return c.redirect(conversationHref(conversation, { window: 1, message: posted.value.messageId }), 303);
}

/** «Ouvrir»: a POST, for it is written in the activities; then the text, with the focus on it. */
export async function openEnvelope(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const conversation = await accessOneConversation(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') });
  const messageId = c.req.param('messageId') ?? '';
  const opened = conversation && (await openMessage(ctx, { conversationId: conversation.id, messageId, personaId: conversation.personaId }));
  if (!conversation || !opened) return notFoundPage(c);
  if (!opened.ok && opened.refusal.code !== 'message.not-available') return notFoundPage(c);
  // The page then shows a tombstone, or an envelope that only this installation's keys, not its clock, know to be over.
  if (!opened.ok) setFlash(c, 'info', 'refusal.message.not-available');
  const window = await findWindow(ctx, conversation, messageId);
  return c.redirect(conversationHref(conversation, { window: window ?? 1, opened: messageId, message: messageId }), 303);
}

/**
 * A form sent after its session ended: what was typed and the files that came with it are kept for the person whose session it was,
 * and found again on the page once they have signed in (000-Y3). Somebody without a past session just signs in.
 */
export async function parkForm(c: WebContext, place: DraftPlace | undefined): Promise<Response> {
  const past = place && (await recentSession(c));
  const kept = place && past && (await park(c, place, past));
  const page = place ? draftPage(place) : '/connexion';
  return c.redirect(`/ouvrir-une-session?retour=${encodeURIComponent(page)}&fin=${!kept ? '0' : past.suspended ? '2' : '1'}`, 303);
}

/** Reads the form and keeps it for the person whose session it was. */
export async function park(c: WebContext, place: DraftPlace, past: { profileId: string }): Promise<boolean> {
  const form = await readPostedForm(c, past);
  return (await keepDraft(c.get('ctx'), { ...draftOf(c.get('ctx'), form), profileId: past.profileId, place, parked: true })).ok;
}

type NewShown = { holders: HolderPersona[]; composing: Omit<Composing, 'expiresAt'>; status: Parameters<typeof renderPage>[2] };

async function newConversationResponse(c: WebContext, { holders, composing, status }: NewShown): Promise<Response> {
  const policies = await Promise.all(holders.map(({ organisationId }) => policyOf(c.get('ctx'), organisationId)));
  const page = <NewConversationPage view={c.get('view')} holders={holders} composing={{ ...composing, expiresAt: undefined }} rules={widestRules(policies)} />;
  return renderPage(c, page, status);
}

/** The page again, because what is on it could not be kept as a draft. */
export function refusedAnswer(c: WebContext, conversation: Conversation, form: PostedForm, refusal: Refusal): Promise<Response> {
  return refusedMessage(c, conversation, { form, faults: [faultOf(refusal)], status: statusOf(refusal) });
}

/** The same for a new conversation. */
export async function refusedStart(c: WebContext, form: PostedForm, refusal: Refusal): Promise<Response> {
  const holders = await listHolderPersonas(signedInCtx(c));
  if (holders.length === 0) return notFoundPage(c);
  return newConversationResponse(c, { holders, composing: again(c, form, [faultOf(refusal)]), status: statusOf(refusal) });
}

type Refused = { form: PostedForm; faults: Fault[]; status: ReturnType<typeof statusOf> };

function refusedMessage(c: WebContext, conversation: Conversation, { form, faults, status }: Refused): Promise<Response> {
  const composing = { ...again(c, form, faults, conversation), expiresAt: expiryOf(c.get('ctx').now(), conversation.zone, conversation.expiryDays) };
  return conversationResponse(c, { conversation, composing, status });
}

/** The form again, as typed; its key stays, so that a second sending is still the same message. */
function again(c: WebContext, form: PostedForm, faults: Fault[], conversation?: Conversation): Omit<Composing, 'expiresAt'> {
  const view = conversation ? viewOf(c, conversation) : c.get('view');
  return {
    fields: form.fields,
    files: form.files,
    faults: faults.map((fault) => ({ field: fault.field, text: sentenceOf(view, fault) })),
    postKey: form.fields.cle || c.get('ctx').newId(),
    draft: undefined,
    version: readVersion(form.fields),
  };
}

function allFaults(form: PostedForm, read: { ok: true } | { ok: false; faults: FieldFault[] }): FieldFault[] {
  const known = new Set(form.faults.map((fault) => fault.field));
  return [...form.faults, ...(read.ok ? [] : read.faults.filter((fault) => !known.has(fault.field)))];
}

function statusOfFaults(faults: FieldFault[]): ReturnType<typeof statusOf> {
  const telling = faults.find(({ code }) => ['attachment.too-large', 'attachment.too-much-waiting', 'storage.full'].includes(code) || code.startsWith('form.'));
  return telling ? statusOf(telling) : 422;
}

/** A refusal of the form as a whole, or of one of its fields. */
type Fault = Refusal & { field: string };

function faultOf(refusal: Refusal): Fault {
  return { ...refusal, field: fieldOf(refusal) };
}

function fieldOf({ code }: Refusal): string {
  if (code.startsWith('participants.')) return 'participants';
  if (code.startsWith('expiry.')) return 'expire';
  if (code.startsWith('attachment.') || code === 'storage.full') return 'fichiers';
  return code === 'conversation.may-not-start' ? 'titulaire' : 'message';
}

/** With what is missing: a form sent again leads to the message that took its files; any other is told. */
function wanted(form: PostedForm): string[] {
  return [...ids(form.files), ...form.missing];
}

function ids(files: readonly ReceivedFile[]): string[] {
  return files.map((file) => file.uploadId);
}
