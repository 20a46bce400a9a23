import { z } from 'zod';
import { accessConversation, type Conversation, canManage, listPeopleStates, type PersonState, readLife } from '#domain/conversations/api.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { viewOf } from '../reading.tsx';
import type { Acting } from './add-people-section.tsx';
import { ManagePage } from './manage-page.tsx';
import { PersonPage } from './person-page.tsx';

/**
 * The conversation of the address, for who has its tools; undefined for everybody else, who are answered as if it did not exist. Without a
 * persona in the address, the one that manages.
 */
export async function accessManaged(c: WebContext): Promise<Conversation | undefined> {
  const ctx = signedInCtx(c);
  const found = await accessConversation(ctx, { conversationId: c.req.param('id') ?? '', personaId: c.req.query('persona') });
  const managed = found.filter((conversation) => canManage(ctx.actor, conversation));
  return managed.length === 1 ? managed[0] : undefined;
}

export async function showManage(c: WebContext): Promise<Response> {
  const conversation = await accessManaged(c);
  if (!conversation) return notFoundPage(c);
  return manageResponse(c, conversation, { adding: { fields: {}, faults: [] }, status: 200 });
}

type Shown = { adding?: Acting; acting?: Acting; status: Parameters<typeof renderPage>[2] };

const nothingTyped: Acting = { fields: {}, faults: [] };

/** The page, as it opens or with what was typed and what was wrong. */
export async function manageResponse(
  c: WebContext,
  conversation: Conversation,
  { adding = nothingTyped, acting = nothingTyped, status }: Shown,
): Promise<Response> {
  const ctx = signedInCtx(c);
  const [people, life] = await Promise.all([listPeopleStates(ctx, conversation), readLife(ctx, conversation)]);
  const page = { conversation, people, adding, life, acting };
  return renderPage(c, <ManagePage view={viewOf(c, conversation)} {...page} />, status);
}

export async function showPerson(c: WebContext): Promise<Response> {
  const found = await accessPerson(c);
  return found ? personResponse(c, found, { acting: { fields: {}, faults: [] }, status: 200 }) : notFoundPage(c);
}

export type ManagedPerson = { conversation: Conversation; person: PersonState };

/** Somebody who takes part in a conversation that the reader manages; undefined otherwise. */
export async function accessPerson(c: WebContext): Promise<ManagedPerson | undefined> {
  const conversation = await accessManaged(c);
  const personaId = z.uuid().safeParse(c.req.param('personne'));
  if (!conversation || !personaId.success) return undefined;
  const person = (await listPeopleStates(signedInCtx(c), conversation)).find((one) => one.personaId === personaId.data);
  return person && { conversation, person };
}

type PersonShown = { acting: Acting; status: Parameters<typeof renderPage>[2] };

export function personResponse(c: WebContext, { conversation, person }: ManagedPerson, { acting, status }: PersonShown): Response {
  return renderPage(c, <PersonPage view={viewOf(c, conversation)} conversation={conversation} person={person} acting={acting} />, status);
}
