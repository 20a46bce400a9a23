import type { Ctx } from '#context';
import type { Mailer } from '#platform/mail/mailer.ts';

export type DeliverySettings = {
  /** Where people reach Pli: every link is built from it, never from a request's Host. */
  publicUrl: () => URL;
  /** The one published address all mail comes from (000-08). */
  fromAddress: string;
  mailer: Mailer;
};

/** Composes the due notices and sends every due mail; also run as a sweep, in case a job was lost. */
export async function deliverDueMails(_ctx: Ctx, _settings: DeliverySettings): Promise<void> {
  throw new Error('under construction');
}
