import { atomically, type Ctx } from '#context';
import type { Locale } from '#shared/locales.ts';
import { insertMail } from './mail-queries.ts';
import { nudgeDelivery } from './nudge-delivery.ts';
import { sealCode } from './sealed-code.ts';

/** `sign-in` also serves the first visit; `address` proves a further address of a profile (000-Y1). */
export type CodePurpose = 'sign-in' | 'address' | 'reset';

/**
 * Mails a code, in the caller's transaction. It waits sealed and is erased once sent; the subject never shows it.
 * How often an address may be written to (S-14) is the caller's rule. The demonstration's entry has the kind `reset` for that purpose, else `code`.
 */
export async function sendCode(ctx: Ctx, asked: { to: string; code: string; locale: Locale; minutes: number; purpose: CodePurpose }): Promise<void> {
  const id = ctx.newId();
  await atomically(ctx, async (inside) => {
    await insertMail(inside, {
      id,
      kind: asked.purpose === 'reset' ? 'reset' : 'code',
      recipient: asked.to,
      locale: asked.locale,
      parameters: { purpose: asked.purpose, minutes: asked.minutes },
      sealedCode: sealCode(inside, id, asked.code),
    });
    nudgeDelivery(inside);
  });
}
