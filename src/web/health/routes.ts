import { Hono } from 'hono';

/** What Pli needs to serve pages, each with a question that fails when it is down. */
export type HealthChecks = Record<string, () => Promise<unknown>>;

const answerWithinMs = 2_000;

/** `/health/live`: this process answers. `/health/ready`: all it needs does, or 503 naming what is down. */
export function healthRoutes(checks: HealthChecks) {
  const routes = new Hono();
  routes.use('/health/*', async (c, next) => {
    c.header('Cache-Control', 'no-store');
    await next();
  });
  routes.get('/health/live', (c) => c.json({ status: 'ok' }));
  routes.get('/health/ready', async (c) => {
    const down = await listDown(checks);
    return down.length === 0 ? c.json({ status: 'ok' }) : c.json({ status: 'down', down }, 503);
  });
  return routes;
}

async function listDown(checks: HealthChecks): Promise<string[]> {
  const outcomes = await Promise.all(Object.entries(checks).map(async ([name, check]) => ({ name, isUp: await Promise.race([answers(check), silence()]) })));
  return outcomes.filter(({ isUp }) => !isUp).map(({ name }) => name);
}

function answers(check: () => Promise<unknown>): Promise<boolean> {
  return check().then(
    () => true,
    () => false,
  );
}

function silence(): Promise<boolean> {
  return new Promise((resolve) => setTimeout(resolve, answerWithinMs, false).unref());
}
