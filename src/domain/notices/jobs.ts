import { z } from 'zod';
import type { Ctx } from '#context';
import type { JobDefinition } from '#platform/jobs/jobs.ts';
import type { Courier } from './courier.ts';
import { deliveryJob } from './nudge-delivery.ts';

/** Twice is harmless: a run takes only what is queued and due, each mail held by one worker at a time, under one Message-ID. */
export function noticeJobs(courier: Courier): JobDefinition<Ctx, object>[] {
  return [{ name: deliveryJob, payload: z.object({}), attempts: 3, run: (ctx) => courier.deliver(ctx) }];
}
