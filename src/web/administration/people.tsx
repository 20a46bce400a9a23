import {
  deleteMember,
  findHandoverOf,
  findMember,
  grantMember,
  inviteMember,
  listStaff,
  type Member,
  reactivateMember,
  setMemberRoles,
  suspendMember,
  transferFromMember,
} from '#domain/administration/api.ts';
import type { MessageKey, Values } from '#messages/translate.ts';
import type { Result } from '#result';
import { roles } from '#shared/people.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { type Form, readForm } from '#web/layout/form.ts';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { DeleteMemberPage } from './delete-member-page.tsx';
import { type Administered, administered } from './door.ts';
import { MemberPage } from './member-page.tsx';
import { PeoplePage, type TypedGrant } from './people-page.tsx';
import { memberHref, sectionHref } from './places.ts';

const nothingTyped: TypedGrant = { name: '', address: '', roles: ['collaborator'], asksSamePerson: false };

export const showPeople = administered((c, at) => peoplePage(c, at, { typed: nothingTyped, fault: undefined }));

export const grant = administered(async (c, at) => {
  const form = await readForm(c);
  const typed = { name: form('nom'), address: form('adresse'), roles: rolesOf(form) };
  const samePerson = form('meme-personne') === 'on';
  const granted = await grantMember(signedInCtx(c), { organisationId: at.organisation.id, ...typed, samePerson });
  if (granted.ok) {
    setFlash(c, 'success', 'administration.people.granted', { address: typed.address.trim() });
    return c.redirect(memberHref(at.organisation, granted.value.personaId), 303);
  }
  const { code } = granted.refusal;
  const fault = refused(at.view, granted.refusal, fieldOf(code));
  return peoplePage(c, at, { typed: { ...typed, asksSamePerson: code === 'member.left-before' }, fault });
});

function fieldOf(code: string): string {
  if (code === 'member.left-before') return 'meme-personne';
  if (code === 'member.no-role') return 'role-collaborator';
  return code.startsWith('person.name') ? 'nom' : 'adresse';
}

type Granting = { typed: TypedGrant; fault: Refused | undefined };

async function peoplePage(c: WebContext, { organisation, view }: Administered, { typed, fault }: Granting): Promise<Response> {
  const asked = { search: c.req.query('q')?.slice(0, 100) ?? '', ended: c.req.query('etat') === 'anciens' };
  const typedPage = c.req.query('page') ?? '';
  const page = /^[1-9]\d{0,5}$/u.test(typedPage) ? Number(typedPage) : 1;
  const list = await listStaff(signedInCtx(c), { organisationId: organisation.id, ...asked, page });
  if (!list) return notFoundPage(c);
  const jsx = <PeoplePage view={view} organisation={organisation} list={list} asked={asked} typed={typed} fault={fault} />;
  return renderPage(c, jsx, fault?.status);
}

export const showMember = administered((c, at) => memberPage(c, at, undefined));

export const saveRoles = administered(async (c, at) => {
  const form = await readForm(c);
  return answer(c, at, { done: await setMemberRoles(signedInCtx(c), { ...placeOf(c, at), roles: rolesOf(form) }), key: 'administration.people.roles-saved' });
});

export const suspend = administered(async (c, at) => {
  const done = await suspendMember(signedInCtx(c), placeOf(c, at));
  const values = done.ok ? { count: done.value.sessions } : {};
  return answer(c, at, { done, key: 'administration.people.suspended-now', values });
});

export const reactivate = administered(async (c, at) =>
  answer(c, at, { done: await reactivateMember(signedInCtx(c), placeOf(c, at)), key: 'administration.people.reactivated-now' }),
);

export const invite = administered(async (c, at) =>
  answer(c, at, { done: await inviteMember(signedInCtx(c), placeOf(c, at)), key: 'administration.people.invited-now' }),
);

export const transfer = administered(async (c, at) => {
  const toAddress = (await readForm(c))('collegue');
  const done = await transferFromMember(signedInCtx(c), { ...placeOf(c, at), toAddress });
  if (!done.ok) return memberPage(c, at, refused(at.view, done.refusal, 'collegue'), toAddress);
  const { transferred: count, waiting } = done.value;
  const key = waiting > 0 ? 'administration.transfer.begun' : count === 0 ? 'administration.transfer.none' : 'administration.transfer.done';
  return answer(c, at, { done, key, values: { count, address: toAddress.trim() } });
});

export const confirmDelete = administered(async (c, { organisation, view }) => {
  const member = await memberOf(c, organisation.id);
  if (!member || member.state === 'ended') return notFoundPage(c);
  return renderPage(c, <DeleteMemberPage view={view} organisation={organisation} member={member} />);
});

export const remove = administered(async (c, at) => {
  const done = await deleteMember(signedInCtx(c), placeOf(c, at));
  if (!done.ok) return memberPage(c, at, refused(at.view, done.refusal, 'supprimer'));
  setFlash(c, 'success', 'administration.people.deleted-now');
  return c.redirect(sectionHref(at.organisation, 'people'), 303);
});

type Answer = { done: Result<unknown>; key: MessageKey; values?: Values };

/** «Succès», or the page of the person with the reason. */
async function answer(c: WebContext, at: Administered, { done, key, values }: Answer): Promise<Response> {
  if (!done.ok) return memberPage(c, at, refused(at.view, done.refusal, ''));
  setFlash(c, 'success', key, values);
  return c.redirect(memberHref(at.organisation, c.req.param('personaId') ?? ''), 303);
}

async function memberPage(c: WebContext, { organisation, view }: Administered, fault: Refused | undefined, colleague = ''): Promise<Response> {
  const member = await memberOf(c, organisation.id);
  if (!member) return notFoundPage(c);
  const handover = await findHandoverOf(signedInCtx(c), { organisationId: organisation.id, personaId: member.personaId });
  const page = { view, organisation, member, handover, fault, colleague };
  return renderPage(c, <MemberPage {...page} />, fault?.status);
}

async function memberOf(c: WebContext, organisationId: string): Promise<Member | undefined> {
  return findMember(signedInCtx(c), { organisationId, personaId: c.req.param('personaId') ?? '' });
}

function placeOf(c: WebContext, { organisation }: Administered) {
  return { organisationId: organisation.id, personaId: c.req.param('personaId') ?? '' };
}

function rolesOf(form: Form) {
  return roles.filter((role) => form(`role-${role}`) === 'on');
}
