import { atomically, type Ctx } from '#context';
import { insertMail } from './mail-queries.ts';
import { nudgeDelivery } from './nudge-delivery.ts';
import { findLocaleOf } from './queries.ts';

/**
 * Tells an address that an organisation gave it a role, in the caller's transaction. The mail leads to the page where one signs in and holds
 * nothing that opens anything. How often an address may be written to is the caller's rule.
 */
export async function sendInvitation(ctx: Ctx, asked: { to: string; organisationId: string }): Promise<void> {
  await atomically(ctx, async (inside) => {
    const locale = await findLocaleOf(inside, asked);
    await insertMail(inside, { id: inside.newId(), kind: 'invitation', recipient: asked.to, locale, parameters: { organisationId: asked.organisationId } });
    nudgeDelivery(inside);
  });
}
