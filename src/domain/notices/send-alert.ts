import { atomically, type Ctx } from '#context';
import type { Locale } from '#shared/locales.ts';
import { insertMail } from './mail-queries.ts';
import { nudgeDelivery } from './nudge-delivery.ts';

/** What the owner of an address is told about their own account (ASVS 6.3.7). */
export const alertKinds = ['password-changed', 'password-reset', 'address-joined', 'address-removed'] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Tells an address that something changed in its account, in the caller's transaction. */
export async function sendAlert(ctx: Ctx, asked: { to: string; kind: AlertKind; locale: Locale }): Promise<void> {
  await atomically(ctx, async (inside) => {
    await insertMail(inside, { id: inside.newId(), kind: 'alert', recipient: asked.to, locale: asked.locale, parameters: { alert: asked.kind } });
    nudgeDelivery(inside);
  });
}
