import { expect, test, vi } from 'vitest';
import { healthRoutes } from './routes.ts';

test('ready when all that Pli needs answers', async () => {
  const answer = await healthRoutes({ database: async () => 1 }).request('/health/ready');
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
});

test('not ready, naming what is down; alive all the same', async () => {
  const routes = healthRoutes({ database: () => Promise.reject(new Error('gone')), storage: async () => 1 });
  const answer = await routes.request('/health/ready');
  expect([answer.status, await answer.json()]).toEqual([503, { status: 'down', down: ['database'] }]);
  expect((await routes.request('/health/live')).status).toBe(200);
});

test('what does not answer in time is down', async () => {
  vi.useFakeTimers();
  const asked = healthRoutes({ database: () => new Promise(() => undefined) }).request('/health/ready');
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await asked).status).toBe(503);
  vi.useRealTimers();
});
