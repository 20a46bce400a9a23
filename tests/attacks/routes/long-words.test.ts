import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase } from '../../support/database.ts';
import type { TestSite } from '../../support/site.ts';
import { ask } from './asking.ts';
import { type Crowd, makeCrowd, siteOver, type Visitor } from './crowd.ts';
import { type Asked, mayEnter, type Route, routeTable } from './route-table.ts';

let crowd: Crowd;
let site: TestSite;
let database: Awaited<ReturnType<typeof cloneDatabase>>;

beforeAll(async () => {
  crowd = await makeCrowd();
  await crowd.world.database.close();
  database = await cloneDatabase(crowd.world.database.name);
  site = await siteOver(crowd, database);
});
afterAll(async () => {
  site.streams.close();
  await database.drop();
  await crowd.world.dispose();
});

/** What makes an expression that goes back and forth go on for ever: long runs that nearly fit, and end wrong. */
const seeds = ['a', ' ', 'a.', 'a@', '@a.', '-', '\t ', '\n', 'a, ', '((', '\u0301', '0:', '😀', '%', 'a-', 'http://a.'];
const longWord = (seed: string, bytes: number) => `${seed.repeat(Math.floor(bytes / Buffer.byteLength(seed)))}!`;

/** Of the processor, whatever else the machine does. */
async function processorMs(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const tolerated = 1_000;

/** A form as its owner sends it, each field of it the same long word. */
function filled(route: Route, seed: string): { asked: Asked; body: URLSearchParams } | undefined {
  const isOwner = ({ relation, name }: Visitor) => relation === 'own' || name === 'administrator · same organisation';
  const visitor = crowd.visitors.find((one) => mayEnter(route.door, one) && isOwner(one)) ?? crowd.visitors[0];
  if (!visitor) return undefined;
  const asked = { subject: crowd.subject, visitor, n: 1 };
  const names = Object.keys(route.form?.(asked) ?? {});
  if (names.length === 0) return undefined;
  const grows = encodeURIComponent(seed).length / Buffer.byteLength(seed);
  const word = longWord(seed, route.streams ? 60_000 : Math.floor(50_000 / names.length / grows));
  return { asked, body: new URLSearchParams(names.map((name) => [name, word])) };
}

test('no field of any form keeps the processor busy, whatever is typed', async () => {
  const told: string[] = [];
  let sent = 0;
  for (const route of routeTable.filter(({ method }) => method === 'POST')) {
    for (const seed of seeds) {
      const form = filled(route, seed);
      if (!form) break;
      sent += 1;
      const spent = await processorMs(async () => (await ask(site, route, form.asked, { body: form.body })).text());
      if (spent > tolerated) told.push(`${route.path} with ${JSON.stringify(seed)}: ${Math.round(spent)} ms`);
    }
  }
  expect(told).toEqual([]);
  expect(sent).toBeGreaterThan(300);
}, 180_000);

test('an expression that goes back and forth is seen by the same measure', async () => {
  let spent = 0;
  // Each letter more doubles it: thirty are a word like another.
  for (let letters = 16; letters < 40 && spent <= tolerated; letters += 1) {
    spent = await processorMs(async () => /^(?:\p{L}+\.?)+$/u.test(longWord('a', letters)));
  }
  expect(spent).toBeGreaterThan(tolerated);
});
