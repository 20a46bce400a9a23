import { acceptInvitation, accessInvitation } from '#domain/administration/api.ts';
import { readForm } from '#web/layout/form.ts';
import { overPage } from '#web/layout/over-page.tsx';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { startSession } from '#web/session.ts';
import { InvitationPage } from './invitation-page.tsx';

const field = 'mot-de-passe';

/** `/invitation/:jeton`: the link that an administrator's command printed. Reading it, however often, consumes nothing. */
export function showInvitation(c: WebContext): Promise<Response> {
  return page(c, undefined);
}

export async function submitInvitation(c: WebContext): Promise<Response> {
  const form = await readForm(c);
  const accepted = await acceptInvitation(c.get('ctx'), { token: tokenOf(c), password: form(field), device: c.get('browserId') });
  if (!accepted.ok) return page(c, refused(c.get('view'), accepted.refusal, field));
  await startSession(c, accepted.value);
  return c.redirect('/connexion', 303);
}

async function page(c: WebContext, fault: Refused | undefined): Promise<Response> {
  const token = tokenOf(c);
  const door = await accessInvitation(c.get('ctx'), token);
  if (!door.ok) return overPage(c, refused(c.get('view'), door.refusal, field));
  const { name, address } = door.value;
  return renderPage(c, <InvitationPage view={c.get('view')} token={token} name={name} address={address} fault={fault} />, fault?.status, fault?.headers);
}

function tokenOf(c: WebContext): string {
  return c.req.param('jeton') ?? '';
}
