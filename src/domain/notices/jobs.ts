import { z } from 'zod';
import type { Ctx } from '#context';
import type { JobDefinition } from '#platform/jobs/jobs.ts';
import { type DeliverySettings, deliverDueMails } from './deliver-due-mails.ts';
import { deliveryJob } from './nudge-delivery.ts';

/** Twice is harmless: a run takes only what is queued and due, each mail held by one worker at a time, under one Message-ID. */
export function noticeJobs(settings: DeliverySettings): JobDefinition<Ctx, object>[] {
  return [{ name: deliveryJob, payload: z.object({}), attempts: 3, run: (ctx) => deliverDueMails(ctx, settings) }];
}
