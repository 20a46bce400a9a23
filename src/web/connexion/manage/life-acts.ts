import type { SignedInCtx } from '#context';
import {
  accessOneConversation,
  type Conversation,
  cancelReminder,
  closeConversation,
  handOver,
  moveExpiry,
  remindNow,
  renameConversation,
  reopenConversation,
  scheduleReminder,
  setLifetime,
  shareDelegatedPast,
  takeOver,
} from '#domain/conversations/api.ts';
import type { MessageKey, Values } from '#messages/translate.ts';
import { type Refusal, type Result, refuse } from '#result';
import { readTitle } from '#shared/conversations.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { type Form, readForm } from '#web/layout/form.ts';
import type { WebContext } from '#web/layout/web.ts';
import { sentenceOf, statusOf } from '#web/refusals.ts';
import { signedInCtx } from '#web/session.ts';
import { conversationHref, manageHref } from '../addresses.ts';
import { viewOf } from '../reading.tsx';
import { accessManaged, manageResponse } from './managing.tsx';

type Asked = { ctx: SignedInCtx; conversation: Conversation; form: Form };
type Done = Result<{ flash: MessageKey; values?: Values }>;

/** An act of the page: the verb, then «Succès», or the page again with the sentence beside `field` and what was typed there. */
function act(field: string, run: (asked: Asked, c: WebContext) => Promise<Done>): (c: WebContext) => Promise<Response> {
  return async (c) => {
    const ctx = signedInCtx(c);
    const conversation = await accessManaged(c);
    if (!conversation) return notFoundPage(c);
    const form = await readForm(c);
    const done = await run({ ctx, conversation, form }, c);
    if (done.ok) {
      setFlash(c, 'success', done.value.flash, done.value.values);
      return c.redirect(`${manageHref(conversation)}#${sectionOf[field] ?? field}`, 303);
    }
    if (done.refusal.code === 'conversation.not-found') return notFoundPage(c);
    const fault = { field, text: sentenceOf(viewOf(c, conversation), done.refusal) };
    return manageResponse(c, conversation, { acting: { fields: { [field]: form(field) }, faults: [fault] }, status: statusOf(done.refusal) });
  };
}

/** Where the page shows again what was done: the card around a field. */
const sectionOf: Record<string, string> = { titre: 'intitule', expire: 'expiration', jours: 'expiration', relance: 'relances', successeur: 'titulaire' };

function said(result: Result<unknown>, flash: MessageKey, values?: Values): Done {
  return result.ok ? { ok: true, value: { flash, ...(values ? { values } : {}) } } : result;
}

export const sendTitle = act('titre', async ({ ctx, conversation, form }) => {
  const read = readTitle({ titre: form('titre') });
  const [fault] = read.ok ? [] : read.faults;
  if (!read.ok) return fault ? { ok: false, refusal: fault satisfies Refusal } : refuse('title.missing');
  return said(await renameConversation(ctx, conversation, read.value.title), 'life.flash.renamed');
});

export const sendClosing = act('etat', async ({ ctx, conversation }) => said(await closeConversation(ctx, conversation), 'life.flash.closed'));

export const sendReopening = act('etat', async ({ ctx, conversation }) => said(await reopenConversation(ctx, conversation), 'life.flash.reopened'));

export const sendExpiry = act('expire', async ({ ctx, conversation, form }) => {
  const moved = await moveExpiry(ctx, conversation, { expiresOn: form('expire') });
  return said(moved, 'life.flash.expiries', moved.ok ? { count: moved.value.moved } : undefined);
});

export const sendLifetime = act('jours', async ({ ctx, conversation, form }) => {
  const typed = form('jours').trim();
  return said(await setLifetime(ctx, conversation, typed === '' ? undefined : Number(typed)), 'life.flash.lifetime');
});

export const sendReminder = act('relances', async ({ ctx, conversation }) => {
  const reminded = await remindNow(ctx, conversation);
  return said(reminded, 'life.flash.reminded', reminded.ok ? { count: reminded.value.people } : undefined);
});

export const sendSchedule = act('relance', async ({ ctx, conversation, form }) =>
  said(await scheduleReminder(ctx, conversation, form('relance')), 'life.flash.scheduled'),
);

export const sendCancelling = act('relances', async ({ ctx, conversation }, c) =>
  said(await cancelReminder(ctx, conversation, c.req.param('relance') ?? ''), 'life.flash.cancelled'),
);

export const sendHandOver = act('successeur', async ({ ctx, conversation, form }) => {
  const address = form('successeur');
  return said(await handOver(ctx, conversation, { address, withPast: form('avec-passe') === 'oui' }), 'life.flash.handed-over', { address: address.trim() });
});

export const sendPast = act('remplacement', async ({ ctx, conversation, form }) =>
  said(await shareDelegatedPast(ctx, conversation, form('remplacement')), 'life.flash.past'),
);

/** «Reprendre», from the conversation's own page: whoever takes it over may have managed nothing of it so far. */
export async function sendTakeOver(c: WebContext): Promise<Response> {
  const ctx = signedInCtx(c);
  const conversation = await accessOneConversation(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') });
  const taken = conversation && (await takeOver(ctx, conversation));
  if (!conversation || !taken) return notFoundPage(c);
  if (taken.ok) setFlash(c, 'success', 'life.flash.taken-over');
  else if (taken.refusal.code === 'holder.present') setFlash(c, 'info', 'refusal.holder.present', taken.refusal.data);
  else return notFoundPage(c);
  return c.redirect(conversationHref(conversation), 303);
}
