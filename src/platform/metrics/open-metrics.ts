import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { AggregatorRegistry, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Mailer } from '../mail/mailer.ts';
import { noSiblings, type Siblings } from '../workers/siblings.ts';

export type Metrics = {
  /** Counts and times every request, under the pattern of its route: addresses say who looks at what. */
  countRequests: MiddlewareHandler;
  /** The same mailer, whose outcomes are counted. */
  counting(mailer: Mailer): Mailer;
  /** All of it, in the text format of Prometheus 0.0.4. */
  text(): Promise<string>;
  contentType: string;
};

/** How much waits in each queue, by the name of the queue; asked for at each reading of the metrics. */
export type ReadQueues = () => Promise<Record<string, number>>;

const durations = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60];

/**
 * What is counted of this process and of its siblings: requests, mails, queues, memory and the event loop. Numbers without anybody's name;
 * counts are summed over the processes.
 */
export function openMetrics(readQueues: ReadQueues, siblings: Siblings = noSiblings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({ name: 'pli_requests_total', help: 'Requests answered.', labelNames: ['method', 'route', 'status'], registers });
  const seconds = new Histogram({
    name: 'pli_request_duration_seconds',
    help: 'Time to the first byte of the answer.',
    labelNames: ['route'],
    buckets: durations,
    registers,
  });
  const mails = new Counter({ name: 'pli_mails_total', help: 'Mails handed over, and tries that failed.', labelNames: ['outcome'], registers });
  for (const outcome of ['sent', 'failed']) mails.inc({ outcome }, 0);
  const waiting = new Gauge({ name: 'pli_queue_length', help: 'What waits to be done.', labelNames: ['queue'], registers: [] });
  siblings.answer('metrics', async () => JSON.stringify(await registry.getMetricsAsJSON()));
  return {
    countRequests: async (c, next) => {
      const startedAt = performance.now();
      await next();
      const route = routePath(c, -1);
      requests.inc({ method: knownMethod(c.req.method), route, status: `${Math.floor(c.res.status / 100)}xx` });
      seconds.observe({ route }, (performance.now() - startedAt) / 1000);
    },
    counting: (mailer) => ({
      ...mailer,
      async send(mail) {
        try {
          await mailer.send(mail);
        } catch (error) {
          mails.inc({ outcome: 'failed' });
          throw error;
        }
        mails.inc({ outcome: 'sent' });
      },
    }),
    async text() {
      for (const [queue, length] of Object.entries(await readQueues())) waiting.set({ queue }, length);
      const counted = [await registry.getMetricsAsJSON(), ...(await siblings.ask('metrics')).map((text): object[] => JSON.parse(text))];
      const whole = AggregatorRegistry.aggregate(counted);
      whole.registerMetric(waiting);
      return whole.metrics();
    },
    contentType: registry.contentType,
  };
}

/** A method is a stranger's text: what is not one of the usual ones would make a new series each time. */
function knownMethod(method: string): string {
  return ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(method) ? method : 'other';
}
