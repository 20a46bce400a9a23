import { isDeepStrictEqual } from 'node:util';
import { Hono } from 'hono';
import { inspectRoutes } from 'hono/dev';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMetrics } from '#platform/metrics/open-metrics.ts';
import { type ClonedDatabase, cloneDatabase } from '../../support/database.ts';
import type { TestSite } from '../../support/site.ts';
import { addressOf, ask } from './asking.ts';
import { type Crowd, makeCrowd, type Subject, siteOver, type Visitor } from './crowd.ts';
import { type Asked, differences, mayEnter, type Route, routeTable } from './route-table.ts';
import { traces } from './traces.ts';

let crowd: Crowd;
let database: ClonedDatabase;
let site: TestSite;
let n = 0;

beforeAll(async () => {
  crowd = await makeCrowd();
  // It is the template of what follows.
  await crowd.world.database.close();
  database = await cloneDatabase(crowd.world.database.name);
  site = await siteOver(crowd, database, { metrics: openMetrics(() => Promise.resolve({})) });
});
afterAll(async () => {
  site.streams.close();
  await database.drop();
  await crowd.world.dispose();
});

const askedBy = (visitor: Visitor): Asked => {
  n += 1;
  return { subject: crowd.subject, visitor, n };
};
const isUnknown = ({ role }: Visitor) => role === 'anonymous' || role === 'suspended';
const isEntry = (route: Route) => ['everybody', 'flow', 'nearby'].includes(route.door);
const nameOf = (route: Route, visitor: Visitor) => `${route.method} ${route.path} · ${visitor.name}`;
const combinations = (wanted: (route: Route, visitor: Visitor) => boolean) =>
  routeTable.flatMap((route) => crowd.visitors.filter((visitor) => wanted(route, visitor)).map((visitor) => ({ route, visitor })));

type Expected = { status: number; leadsTo?: RegExp };

/** What the table says that they are answered. */
function expected(route: Route, visitor: Visitor): Expected {
  const exception = route.but?.[visitor.name];
  if (mayEnter(route.door, visitor)) return { status: exception ?? route.answers ?? 200 };
  if (!isUnknown(visitor)) return { status: exception ?? route.stranger ?? 404 };
  return route.unknown ? { status: route.unknown } : { status: 303, leadsTo: /^\/ouvrir-une-session\?/ };
}

/** What differs from the table, in a line; undefined when all is as declared. */
async function breach(answer: Response, { route, visitor }: { route: Route; visitor: Visitor }): Promise<string | undefined> {
  const { status, leadsTo } = expected(route, visitor);
  const location = answer.headers.get('location') ?? '';
  await answer.body?.cancel();
  if (answer.status === status && (!leadsTo || leadsTo.test(location))) return undefined;
  return `${nameOf(route, visitor)}: ${answer.status} ${location}, not ${status} ${leadsTo ?? ''}`;
}

const declared = () => inspectRoutes({ routes: site.routes } as Parameters<typeof inspectRoutes>[0]).filter((route) => !route.isMiddleware); // a Hono, of which it reads `routes` alone

describe('the table of routes', () => {
  test('declares every route that the site answers, and no other', () => {
    expect(differences(declared(), routeTable)).toEqual({ undeclared: [], gone: [] });
    expect(declared().length).toBeGreaterThan(100);
  });

  test('a route that nobody declared is named, and so is one that is gone', () => {
    const more = new Hono().get('/administration/:slug/tout', (c) => c.text('tout'));
    const [route] = inspectRoutes(more);
    expect(differences([...declared(), ...(route ? [route] : [])], routeTable).undeclared).toEqual(['GET /administration/:slug/tout']);
    const fewer = declared().filter(({ path }) => path !== '/connexion/:id/gestion/clore');
    expect(differences(fewer, routeTable).gone).toEqual(['POST /connexion/:id/gestion/clore']);
  });

  test('holds every role and every relation there is', () => {
    expect(new Set(crowd.visitors.map(({ role }) => role)).size).toBe(5);
    expect(new Set(crowd.visitors.map(({ relation }) => relation)).size).toBe(7);
  });
});

describe('whoever may not enter', () => {
  const refused = (route: Route, visitor: Visitor) => !mayEnter(route.door, visitor);

  test('000-07 S-17: is refused by every route, and leaves no trace', async () => {
    const before = await traces(database.db);
    const breaches: string[] = [];
    const asked = combinations((route, visitor) => refused(route, visitor) && !(route.parks && visitor.role === 'suspended'));
    for (const one of asked) breaches.push(...[await breach(await ask(site, one.route, askedBy(one.visitor)), one)].filter((line) => line !== undefined));
    expect(breaches).toEqual([]);
    expect(await traces(database.db)).toEqual(before);
    expect(asked.length).toBeGreaterThan(900);
  });

  test('000-Y3: what was being written when a suspension came is kept for its author, and nothing else happens', async () => {
    const kept = ['drafts', 'uploads'];
    const before = await traces(database.db, kept);
    const asked = combinations((route, visitor) => refused(route, visitor) && route.parks === true && visitor.role === 'suspended');
    for (const one of asked) expect(await breach(await ask(site, one.route, askedBy(one.visitor)), one)).toBeUndefined();
    expect(await traces(database.db, kept)).toEqual(before);
    expect(asked).toHaveLength(9);
  });

  test('000-07: is told the same of what exists and of what does not, header for header and byte for byte', async () => {
    const asked = combinations((route, visitor) => refused(route, visitor) && expected(route, visitor).status === 404 && route.at !== undefined);
    const told: string[] = [];
    for (const { route, visitor } of asked) {
      const real = askedBy(visitor);
      const twin = { ...real, subject: absent(real.subject) };
      const paths = [addressOf(route, real), addressOf(route, twin).replace('innovactione', 'inconnue')];
      const [one, other] = await Promise.all(paths.map(async (path) => seen(await ask(site, route, real, { path }), path)));
      // Said by name alone: a page is long.
      if (!isDeepStrictEqual(one, other)) told.push(nameOf(route, visitor));
    }
    expect(told).toEqual([]);
    expect(asked.length).toBeGreaterThan(400);
  });

  test('S-04: nor does anybody pass as a persona that is not theirs', async () => {
    const before = await traces(database.db);
    const asked = combinations((route, visitor) => route.path.startsWith('/connexion/:id') && !isUnknown(visitor) && visitor.relation !== 'own');
    for (const { route, visitor } of asked) {
      const real = askedBy(visitor);
      const answer = await ask(site, route, real, { path: addressOf(route, real, crowd.subject.mariePersonaId) });
      expect(answer.status, nameOf(route, visitor)).toBe(404);
    }
    expect(await traces(database.db)).toEqual(before);
  });

  test('the same check finds every route open on a site that takes everybody for Marie or Alain', async () => {
    const owner = crowd.visitors.find(({ relation }) => relation === 'own');
    const alain = crowd.visitors.find(({ name }) => name === 'administrator · same organisation');
    const asked = combinations((route, visitor) => refused(route, visitor) && route.method === 'GET');
    let found = 0;
    for (const one of asked) {
      const doors = one.route.door.startsWith('administers') ? alain : owner;
      const real = askedBy(one.visitor);
      const answer = await ask(site, one.route, { ...real, visitor: doors ?? one.visitor }, { path: addressOf(one.route, real, doors?.personaId) });
      if (await breach(answer, one)) found += 1;
    }
    // The reader of a notice is neither of them: its routes alone stay shut.
    expect(asked.length - found).toBe(asked.filter(({ route, visitor }) => route.door === 'reader of the notice' && !isUnknown(visitor)).length);
  });
});

/** The same things, of which none exists. */
function absent(subject: Subject): Subject {
  const other = (text: string) => text.replace(/[0-9a-f]{12}$/u, 'f'.repeat(12));
  return {
    ...subject,
    conversationId: other(subject.conversationId),
    memberPersonaId: other(subject.memberPersonaId),
    uploadId: other(subject.uploadId),
    secondPersonaId: other(subject.secondPersonaId),
  };
}

/** All that a visitor sees, but the address they asked for. */
async function seen(answer: Response, path: string) {
  const bare = path.split('?')[0] ?? '';
  // A page leads back to the conversation of a file, not to the file.
  const page = bare.replace(/\/pieces\/.*/u, '');
  let text = await answer.text();
  for (const address of [bare, page]) text = text.replaceAll(address, '…').replaceAll(encodeURIComponent(address), '…');
  const headers = [...answer.headers].filter(([name]) => name !== 'content-length').sort();
  return { status: answer.status, headers, text };
}

describe('whoever may enter', () => {
  test('is answered by every page as declared', async () => {
    const breaches: string[] = [];
    const asked = combinations((route, visitor) => mayEnter(route.door, visitor) && (route.method === 'GET' || isEntry(route)));
    for (const one of asked) {
      const copy = { ...one.visitor, cookies: new Map(one.visitor.cookies) };
      if (one.route.path === '/deconnexion' && !isUnknown(copy)) continue;
      breaches.push(...[await breach(await ask(site, one.route, askedBy(copy)), one)].filter((line) => line !== undefined));
    }
    expect(breaches).toEqual([]);
  });

  test('does each act, those about Marie’s things and about the organisation each in a world of its own', async () => {
    const breaches: string[] = [];
    const acts = combinations((route, visitor) => mayEnter(route.door, visitor) && route.method !== 'GET' && !isEntry(route));
    expect(acts.length).toBeGreaterThan(200);
    const act = async (one: (typeof acts)[number]) => {
      const about = one.route.at ? await cloneDatabase(crowd.world.database.name) : undefined;
      const alone = about ? await siteOver(crowd, about) : site;
      breaches.push(...[await breach(await ask(alone, one.route, askedBy(one.visitor)), one)].filter((line) => line !== undefined));
      if (!about) return;
      alone.streams.close();
      await about.drop();
    };
    // What they do in a world of their own they do four at a time.
    for (const one of acts.filter(({ route }) => !route.at)) await act(one);
    // Files are outside the database: their worlds share them, and what one deletes is gone for the others.
    const onDisk = (one: (typeof acts)[number]) => one.route.path.startsWith('/uploads');
    for (const one of acts.filter((each) => each.route.at && onDisk(each))) await act(one);
    const apart = acts.filter((each) => each.route.at && !onDisk(each));
    while (apart.length > 0) await Promise.all(apart.splice(0, 4).map(act));
    expect(breaches).toEqual([]);
  });
});

describe('any other way of asking', () => {
  const owner = () => crowd.visitors.find(({ relation }) => relation === 'own') ?? crowd.visitors[0];

  test('S-07: a method that no route has is answered by the page of what does not exist, to Marie too', async () => {
    const before = await traces(database.db);
    const marie = owner();
    if (!marie) throw new Error('Marie is not in the crowd');
    const paths = new Map(routeTable.filter(({ path }) => !/^.(?:uploads|adresse-illisible)/.test(path)).map((route) => [route.path, route]));
    const told: string[] = [];
    for (const [path, route] of paths) {
      const known = routeTable.filter((one) => one.path === path).map(({ method }) => method as string); // compared with others
      const { form: _, ...bare } = route;
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((one) => !known.includes(one))) {
        const asked = askedBy(marie);
        const answer = await ask(site, { ...bare, method: method as Route['method'] }, asked, { path: addressOf(route, asked) }); // what fetch sends as it is
        // What is an address of its own under another pattern answers as that one does.
        if (![404].includes(answer.status) && !(path === '/connexion/nouvelle')) told.push(`${method} ${path}: ${answer.status}`);
      }
    }
    expect(told).toEqual([]);
    expect(await traces(database.db)).toEqual(before);
  });

  test('HEAD is refused as GET is, and an address written otherwise opens no door', async () => {
    const told: string[] = [];
    const asked = combinations(
      (route, visitor) => !mayEnter(route.door, visitor) && route.method === 'GET' && ['anonymous · nobody', 'participant · nobody'].includes(visitor.name),
    );
    for (const { route, visitor } of asked) {
      const real = askedBy(visitor);
      const path = addressOf(route, real);
      const written = otherwise(path).map((one) => ({ method: route.method, path: one }));
      for (const one of [{ method: 'HEAD' as const, path }, ...written]) {
        const answer = await ask(site, { ...route, method: one.method }, real, { path: one.path });
        const location = answer.headers.get('location') ?? '';
        const isShut = [400, 401, 404].includes(answer.status) || (answer.status === 303 && location.startsWith('/ouvrir-une-session?'));
        // What is the reader's of a notice alone says to others that it is not theirs.
        if (!isShut && !(answer.status === 200 && route.stranger === 200))
          told.push(`${one.method} ${one.path} · ${visitor.name}: ${answer.status} ${location}`);
        await answer.body?.cancel();
      }
    }
    expect(told).toEqual([]);
    expect(asked.length).toBeGreaterThan(40);
  });

  test('no act is taken from another site, nor from a program that does not say where it comes from', async () => {
    const before = await traces(database.db);
    const marie = owner();
    if (!marie) throw new Error('Marie is not in the crowd');
    const acts = routeTable.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
    const told: string[] = [];
    for (const route of acts) {
      const foreign: Record<string, string>[] = [
        { 'sec-fetch-site': 'cross-site', origin: 'https://ailleurs.example' },
        { 'sec-fetch-site': 'same-site', origin: 'http://autre.localhost:3000' },
        { 'sec-fetch-site': 'cross-site', origin: 'null' },
        // The demonstration's programs say nothing of where they come from.
        ...(route.path.startsWith('/demo/') ? [] : [{ 'sec-fetch-site': '', origin: '' }]),
      ];
      for (const headers of foreign) {
        const answer = await ask(site, route, askedBy(marie), { headers });
        if (answer.status !== 403) told.push(`${route.method} ${route.path} from ${JSON.stringify(headers)}: ${answer.status}`);
      }
    }
    expect(told).toEqual([]);
    expect(await traces(database.db)).toEqual(before);
  });

  test('no form is held in memory whatever it weighs: past a few hundred kilobytes it is not read any further', async () => {
    const told: string[] = [];
    const own = await cloneDatabase(crowd.world.database.name);
    const alone = await siteOver(crowd, own);
    for (const route of routeTable.filter(({ method, streams }) => method === 'POST' && !streams)) {
      const visitor = crowd.visitors.find((one) => mayEnter(route.door, one) && one.role !== 'anonymous') ?? crowd.visitors[0];
      if (!visitor) throw new Error('There is nobody');
      const { body, pulled } = endless(8_000_000);
      const answer = await ask(alone, route, askedBy(visitor), { body });
      // The picture of an organisation may weigh ten times what is kept, to be refused with its sentence.
      if (pulled() > (route.path.endsWith('/logo') ? 3_000_000 : 300_000)) told.push(`${route.path}: ${pulled()} bytes, then ${answer.status}`);
      await answer.body?.cancel();
    }
    alone.streams.close();
    await own.drop();
    expect(told).toEqual([]);
  });
});

/** The same address as some proxy, or some router, might read it. */
function otherwise(path: string): string[] {
  const [bare = '', search] = path.split('?');
  const end = search === undefined ? '' : `?${search}`;
  const [, first = ''] = bare.split('/');
  const encoded = `/${first.replace(/^./u, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}${bare.slice(first.length + 1)}`;
  const paths = [
    `${bare}/`,
    `${bare}//`,
    `/${bare}`,
    bare.toUpperCase(),
    encoded,
    `/.${bare}`,
    `/aide/..${bare}`,
    `/aide/%2e%2e${bare}`,
    `/aide/..%2f${bare.slice(1)}`,
    `${bare}%00`,
    `${bare}%20`,
    `${bare};x=y`,
    `${bare}.css`,
    `${bare}/.`,
    `/statique/..${bare}`,
  ];
  return paths.map((one) => one + end);
}

/** A form of one field that goes on for so many bytes; how much of it was asked for. */
function endless(bytes: number): { body: ReadableStream<Uint8Array>; pulled: () => number } {
  const chunk = Buffer.from('a=b&'.repeat(4096));
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      pulled += chunk.length;
      if (pulled > bytes) controller.close();
      else controller.enqueue(chunk);
    },
  });
  return { body, pulled: () => pulled };
}
