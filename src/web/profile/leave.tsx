import { delegate, endDelegation, listOwnDelegations } from '#domain/conversations/api.ts';
import { listHolderPersonas } from '#domain/organisations/api.ts';
import type { Refusal } from '#result';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { signedInCtx } from '#web/session.ts';
import { LeavePage } from './leave-page.tsx';

/** For collaborators alone: everybody else holds nothing that could be entrusted. */
export async function showLeave(c: WebContext): Promise<Response> {
  return page(c, {}, undefined);
}

export async function saveLeave(c: WebContext): Promise<Response> {
  const form = await readForm(c);
  const typed = { titulaire: form('titulaire'), collegue: form('collegue'), du: form('du'), au: form('au') };
  const [organisationId = '', personaId = ''] = typed.titulaire.split(' ');
  const saved = await delegate(signedInCtx(c), { organisationId, personaId, address: typed.collegue, from: typed.du, to: typed.au });
  if (!saved.ok) return page(c, typed, refused(c.get('view'), saved.refusal, fieldOf(saved.refusal)));
  setFlash(c, 'success', 'life.flash.leave', { address: typed.collegue.trim() });
  return c.redirect('/profil/absence', 303);
}

export async function endLeave(c: WebContext): Promise<Response> {
  const ended = await endDelegation(signedInCtx(c), c.req.param('absence') ?? '');
  if (!ended.ok) return page(c, {}, refused(c.get('view'), ended.refusal, ''));
  setFlash(c, 'success', 'life.flash.leave-ended');
  return c.redirect('/profil/absence', 303);
}

function fieldOf({ code }: Refusal): string {
  if (code === 'conversation.may-not-start') return 'titulaire';
  return code === 'delegation.wrong-days' || code === 'delegation.overlaps' ? 'du' : 'collegue';
}

async function page(c: WebContext, typed: Record<string, string>, fault: Refused | undefined): Promise<Response> {
  const ctx = signedInCtx(c);
  const [holders, delegations] = await Promise.all([listHolderPersonas(ctx), listOwnDelegations(ctx)]);
  if (holders.length === 0) return notFoundPage(c);
  return renderPage(
    c,
    <LeavePage view={c.get('view')} holders={holders} delegations={delegations} typed={typed} fault={fault} />,
    fault?.status,
    fault?.headers,
  );
}
