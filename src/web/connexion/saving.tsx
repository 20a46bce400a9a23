import { z } from 'zod';
import { accessOneConversation, type Conversation, saveAnswer, saveNewConversation } from '#domain/conversations/api.ts';
import { type DraftPlace, discardDraft, dropVersion, type KeptDraft, takeVersion } from '#domain/drafts/api.ts';
import { listHolderPersonas } from '#domain/organisations/api.ts';
import { type Refusal, type Result, refuse } from '#result';
import { formatTime } from '#shared/dates.ts';
import { draftLimits } from '#shared/drafts.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import type { WebContext } from '#web/layout/web.ts';
import { sentenceOf, statusOf } from '#web/refusals.ts';
import { recentSession, signedInCtx } from '#web/session.ts';
import { draftPage } from './addresses.ts';
import { draftOf } from './draft-form.ts';
import { type PostedForm, readPostedForm } from './posted-form.ts';
import { viewOf } from './reading.tsx';
import { park, parkForm, refusedAnswer, refusedStart } from './writing.tsx';

/** What a draft's address is about, from an address anybody may write: only ids are taken from it. */
export function placeOf(c: WebContext): DraftPlace | undefined {
  if (c.req.param('id') === 'nouvelle') return 'new';
  const place = z.object({ conversationId: z.uuid(), personaId: z.uuid() });
  return place.safeParse({ conversationId: c.req.param('id'), personaId: c.req.query('persona') }).data;
}

/**
 * Keeps what is being written: for the script, an answer of a few words; for «Garder comme brouillon», the page again. Once the session
 * has ended it is kept for the person whose session it was, as a form sent too late is (docs/adr/0009).
 */
export async function saveDraft(c: WebContext): Promise<Response> {
  const place = placeOf(c);
  const ctx = c.get('ctx');
  if (!ctx.actor) return isScript(c) ? saveAfterTheEnd(c, place) : parkForm(c, place);
  const conversation = place && place !== 'new' ? await accessOneConversation(signedInCtx(c), place) : undefined;
  if (!place || (place !== 'new' && !conversation)) {
    return isScript(c) ? scriptAnswer(c, { saved: refuse('conversation.not-found'), conversation: undefined }) : notFoundPage(c);
  }
  const form = await readPostedForm(c, { profileId: ctx.actor.profileId });
  const [fault] = form.faults;
  const saved = fault ? { ok: false as const, refusal: fault } : await save(c, place, form);
  if (isScript(c)) return scriptAnswer(c, { saved, conversation });
  if (!saved.ok) return refusedPage(c, { form, conversation, refusal: saved.refusal });
  setFlash(c, 'success', saved.value.apart ? 'connexion.flash.draft-apart' : 'connexion.flash.draft-kept', { days: draftLimits.days });
  return c.redirect(draftPage(place), 303);
}

function save(c: WebContext, place: DraftPlace, form: PostedForm): Promise<Result<KeptDraft>> {
  const ctx = signedInCtx(c);
  const kept = draftOf(ctx, form);
  return place === 'new' ? saveNewConversation(ctx, kept) : saveAnswer(ctx, { ...kept, ...place });
}

type Answered = { saved: Result<KeptDraft>; conversation: Conversation | undefined };

/** `{version, apart, text}`: the number of the draft, whether it was written elsewhere meanwhile, and what to show. */
function scriptAnswer(c: WebContext, { saved, conversation }: Answered): Response {
  const view = conversation ? viewOf(c, conversation) : c.get('view');
  c.header('Cache-Control', 'no-store');
  if (!saved.ok) return c.json({ text: sentenceOf(view, saved.refusal) }, statusOf(saved.refusal));
  const { version, apart, savedAt } = saved.value;
  const text = version === 0 ? '' : view.t('connexion.draft.saved', { time: formatTime(savedAt, view) });
  return c.json({ version, apart, text });
}

async function saveAfterTheEnd(c: WebContext, place: DraftPlace | undefined): Promise<Response> {
  const past = place && (await recentSession(c));
  const kept = place && past ? await park(c, place, past) : false;
  c.header('Cache-Control', 'no-store');
  return c.json({ kept, text: c.get('view').t(kept ? 'connexion.draft.ended' : 'connexion.draft.ended-lost') }, 401);
}

type RefusedSaving = { form: PostedForm; conversation: Conversation | undefined; refusal: Refusal };

/** The form as typed, with the reason: a draft that cannot be kept is still on the screen. */
function refusedPage(c: WebContext, { form, conversation, refusal }: RefusedSaving): Promise<Response> | Response {
  return conversation ? refusedAnswer(c, conversation, form, refusal) : refusedStart(c, form, refusal);
}

/** «Supprimer le brouillon», once confirmed. */
export async function discardSaved(c: WebContext): Promise<Response> {
  const place = await ownPlace(c);
  if (!place) return notFoundPage(c);
  await discardDraft(signedInCtx(c), place);
  setFlash(c, 'success', 'connexion.flash.draft-discarded');
  return c.redirect(draftPage(place), 303);
}

/** Takes, or throws away, a version that another page wrote. One that is gone meanwhile changes nothing: the page says what there is. */
export async function chooseVersion(c: WebContext): Promise<Response> {
  const place = await ownPlace(c);
  if (!place) return notFoundPage(c);
  const form = await readForm(c);
  const take = form('choix') === 'prendre';
  const settled = await (take ? takeVersion : dropVersion)(signedInCtx(c), { place, writer: form('version') });
  if (isScript(c)) {
    c.header('Cache-Control', 'no-store');
    return c.json({ version: settled?.version ?? 0 }, settled ? 200 : 409);
  }
  if (settled) setFlash(c, 'success', take ? 'connexion.flash.draft-taken' : 'connexion.flash.draft-dropped');
  return c.redirect(draftPage(place), 303);
}

/** The place a form speaks of, when the actor still has a form there. */
async function ownPlace(c: WebContext): Promise<DraftPlace | undefined> {
  const place = placeOf(c);
  if (place === undefined) return undefined;
  const ctx = signedInCtx(c);
  const open = place === 'new' ? (await listHolderPersonas(ctx)).length > 0 : await accessOneConversation(ctx, place);
  return open ? place : undefined;
}

function isScript(c: WebContext): boolean {
  return c.req.header('accept') === 'application/json';
}
