import { atomically, type Ctx } from '#context';
import { insertNoticeMails, lockDueNotices } from './queries.ts';

/** Notices turned into mails in one transaction. */
const batch = 100;

/**
 * Turns every due notice into a mail in its reader's language: today one each, and here is where grouping would go (000-Y2).
 * Rows held by another worker are left to it.
 */
export async function composeDueNotices(ctx: Ctx): Promise<void> {
  let composed: number;
  do {
    composed = await atomically(ctx, async (inside) => {
      const due = await lockDueNotices(inside, batch);
      await insertNoticeMails(
        inside,
        due.map((notice) => ({ ...notice, mailId: inside.newId() })),
      );
      return due.length;
    });
  } while (composed === batch);
}
