import { atomically, type Ctx } from '#context';
import { updateMailBounced } from './mail-queries.ts';

/** Marks the mail of a Message-ID, and the notices it carried, as returned to sender. False when no such mail was sent. Harmless twice. */
export function recordBounce(ctx: Ctx, messageId: string): Promise<boolean> {
  return atomically(ctx, (inside) => updateMailBounced(inside, messageId));
}
