import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Mail, Mailer } from '../mail/mailer.ts';
import { openMetrics } from './open-metrics.ts';

const noQueues = () => Promise.resolve({});

test('requests are counted under the pattern of their route and the class of their status: no address, no method of a stranger', async () => {
  const metrics = openMetrics(noQueues);
  const site = new Hono().use(metrics.countRequests);
  site.get('/avis/:jeton', (c) => c.text('ok')).get('/panne', (c) => c.text('', 500));
  for (const path of ['/avis/secret-1', '/avis/secret-2', '/panne', '/nulle-part/secret-3']) await site.request(path);
  await site.request('/avis/x', { method: 'PROPFIND' });
  const text = await metrics.text();
  expect(text).toContain('pli_requests_total{method="GET",route="/avis/:jeton",status="2xx"} 2');
  expect(text).toContain('pli_requests_total{method="GET",route="/panne",status="5xx"} 1');
  expect(text).toContain('pli_request_duration_seconds_count{route="/avis/:jeton"} 2');
  expect(text).toContain('method="other"');
  expect(text).not.toMatch(/secret|PROPFIND/);
});

test('mails handed over and tries that failed; a failure still fails', async () => {
  let fails = false;
  const mailer = { ready: () => true, send: () => (fails ? Promise.reject(new Error('refused')) : Promise.resolve()) } as unknown as Mailer; // what is counted
  const metrics = openMetrics(noQueues);
  const counting = metrics.counting(mailer);
  const mail = {} as Mail; // passed on unread
  await counting.send(mail);
  fails = true;
  await expect(counting.send(mail)).rejects.toThrow('refused');
  expect(counting.ready()).toBe(true);
  expect(await metrics.text()).toMatch(/pli_mails_total\{outcome="sent"\} 1\npli_mails_total\{outcome="failed"\} 1/);
});

test('queues are asked for at each reading', async () => {
  let length = 3;
  const metrics = openMetrics(() => Promise.resolve({ mails: length }));
  expect(await metrics.text()).toContain('pli_queue_length{queue="mails"} 3');
  length = 0;
  expect(await metrics.text()).toContain('pli_queue_length{queue="mails"} 0');
});
