import { setTimeout as delay } from 'node:timers/promises';
import type { Ctx } from '#context';
import { coalesced } from '#platform/jobs/coalesced.ts';
import { composeDueNotices } from './compose-notices.ts';
import { type DeliverySettings, emptyLane, type Lane } from './deliver-due-mails.ts';

/** Takes the process's mails to the relay. */
export type Courier = {
  /** Composes the due notices, and sees to it that every due mail is sent. It is waited for only where sending is a matter of this machine. */
  deliver(ctx: Ctx): Promise<void>;
  /** Lets the mails under way arrive, 10 s at most; those cut short are sent again at the next start. */
  stop(): Promise<void>;
};

/** Mails on their way at once; two lanes are for codes, so that a relay in trouble with other mails does not hold one up. */
const lanes: readonly Lane[] = [true, true, false, false, false, false].map((codesOnly) => ({ codesOnly }));
const patienceMs = 10_000;

export function openCourier(settings: DeliverySettings): Courier {
  let stopping = false;
  const mailer = { ...settings.mailer, ready: () => !stopping && settings.mailer.ready() };
  const under = new Set<Promise<void>>();
  const mine = settings.mailer.remote ? lanes : [{ codesOnly: false }];
  const runs = mine.map((lane) => coalesced((ctx: Ctx) => emptyLane(ctx, { ...settings, mailer }, lane)));

  function runAll(ctx: Ctx): Promise<unknown> {
    return Promise.all(runs.map((run) => run(ctx)));
  }
  function runAside(ctx: Ctx): void {
    const round: Promise<void> = runAll(ctx)
      .then(() => undefined)
      .catch((error: unknown) => ctx.log.error({ error }, 'A round of mails failed; it is tried again at the next sweep'))
      .finally(() => under.delete(round));
    under.add(round);
  }
  return {
    async deliver(ctx) {
      await composeDueNotices(ctx, settings);
      if (settings.mailer.remote) runAside(ctx);
      else await runAll(ctx);
    },
    async stop() {
      stopping = true;
      await Promise.race([Promise.all(under), delay(patienceMs, undefined, { ref: false })]);
      settings.mailer.close();
      await Promise.all(under);
    },
  };
}
