import {
  accessJoining,
  beginJoining,
  confirmJoining,
  listOwnAddresses,
  nextJoiningCodeAt,
  type OwnAddress,
  removeAddress,
  sendJoiningCode,
} from '#domain/sign-in/api.ts';
import type { Refusal } from '#result';
import { safeReturnPath } from '#shared/return-path.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { readForm } from '#web/layout/form.ts';
import { type Refused, refused } from '#web/layout/refused.ts';
import { renderPage } from '#web/layout/render.ts';
import type { WebContext } from '#web/layout/web.ts';
import { type DoorSettings, signedInCtx, visitOf } from '#web/session.ts';
import { AddressCodePage } from './address-code-page.tsx';
import { AddressesPage, RemoveAddressPage } from './addresses-page.tsx';

const addresses = '/profil/adresses';
const codePage = '/profil/adresses/code';

/** `/profil/adresses`: joining a further address and removing one (000-Y1). */
export function addressesDoor(settings: DoorSettings) {
  return {
    show: (c: WebContext): Promise<Response> => list(c, { returnTo: safeReturnPath(c.req.query('retour')) }),

    async add(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const typed = form('adresse');
      const returnTo = safeReturnPath(form('retour'));
      const begun = await beginJoining(signedInCtx(c), visitOf(c, settings), { address: typed, returnTo });
      if (begun.ok) return c.redirect(codePage, 303);
      return list(c, { typed, returnTo, fault: refused(c.get('view'), begun.refusal, 'adresse') });
    },

    showCode: (c: WebContext): Promise<Response> => code(c, settings, undefined),

    async confirm(c: WebContext): Promise<Response> {
      const form = await readForm(c);
      const joined = await confirmJoining(signedInCtx(c), visitOf(c, settings), { code: form('code') });
      if (!joined.ok) return code(c, settings, joined.refusal);
      const { address, returnTo = addresses, endsSession } = joined.value;
      setFlash(c, 'success', endsSession ? 'profile.addresses.joined-staff' : 'profile.addresses.joined', { address });
      return c.redirect(endsSession ? `/ouvrir-une-session?retour=${encodeURIComponent(returnTo)}` : returnTo, 303);
    },

    async resend(c: WebContext): Promise<Response> {
      const sent = await sendJoiningCode(signedInCtx(c), visitOf(c, settings));
      if (!sent.ok) return code(c, settings, sent.refusal);
      setFlash(c, 'success', 'profile.addresses.code.sent-again');
      return c.redirect(codePage, 303);
    },

    async showRemoval(c: WebContext): Promise<Response> {
      const address = await ownAddress(c);
      if (!address) return notFoundPage(c);
      if (address.kept) return c.redirect(addresses, 303);
      return renderPage(c, <RemoveAddressPage view={c.get('view')} address={address} />);
    },

    async remove(c: WebContext): Promise<Response> {
      const removed = await removeAddress(signedInCtx(c), c.req.param('personaId') ?? '');
      // Not there: sent twice, the first has removed it. Of somebody else's nothing is said either.
      if (!removed.ok && removed.refusal.code === 'person.not-found') return c.redirect(addresses, 303);
      if (!removed.ok) return list(c, { fault: refused(c.get('view'), removed.refusal, 'adresses') });
      setFlash(c, 'success', 'profile.addresses.removed', { address: removed.value.address });
      return c.redirect(addresses, 303);
    },
  };
}

async function ownAddress(c: WebContext): Promise<OwnAddress | undefined> {
  return (await listOwnAddresses(signedInCtx(c))).find((persona) => persona.id === c.req.param('personaId'));
}

type Listed = { typed?: string; returnTo?: string | undefined; fault?: Refused };

async function list(c: WebContext, { typed = '', returnTo, fault }: Listed): Promise<Response> {
  const own = await listOwnAddresses(signedInCtx(c));
  const page = <AddressesPage view={c.get('view')} addresses={own} typed={typed} returnTo={returnTo} fault={fault} />;
  return renderPage(c, page, fault?.status, fault?.headers);
}

/** The page of the code, or the list with what was refused once there is no code to type any more. */
async function code(c: WebContext, settings: DoorSettings, refusal: Refusal | undefined): Promise<Response> {
  const ctx = signedInCtx(c);
  const view = c.get('view');
  const joining = await accessJoining(ctx);
  if (!joining.ok || !joining.value.code) return refusal ? list(c, { fault: refused(view, refusal, 'adresse') }) : c.redirect(addresses, 303);
  const fault = refusal && refused(view, refusal, 'code');
  const nextAt = await nextJoiningCodeAt(ctx, joining.value, visitOf(c, settings));
  return renderPage(c, <AddressCodePage view={view} flow={joining.value} nextAt={nextAt} fault={fault} />, fault?.status, fault?.headers);
}
