import type { TestSite } from '../../support/site.ts';
import { origin } from '../../support/site.ts';
import type { Asked, Route } from './route-table.ts';

/** Where the route is asked for; a conversation's as one persona, their own unless said otherwise. */
export function addressOf(route: Route, asked: Asked, persona = asked.visitor.personaId): string {
  const values = route.at?.(asked) ?? {};
  const path = route.path.replaceAll(/:(\w+)(?:\{(?:[^{}]|\{[^{}]*\})*\})?/gu, (_, name: string) => values[name] ?? 'absent');
  return route.path.startsWith('/connexion/:id') ? `${path}?persona=${persona}` : path;
}

export type Headers = Record<string, string>;

type Asking = { path?: string; headers?: Headers; body?: URLSearchParams | string | ReadableStream<Uint8Array> | undefined };

function bodyOf(route: Route, asked: Asked): URLSearchParams | string | undefined {
  if (route.form) return new URLSearchParams(route.form(asked));
  return route.method === 'PATCH' ? 'x' : undefined;
}

/** One request of a visitor's browser, which is left as it was. */
export async function ask(
  site: TestSite,
  route: Route,
  asked: Asked,
  { path = addressOf(route, asked), headers = {}, body = bodyOf(route, asked) }: Asking = {},
): Promise<Response> {
  const cookie = [...asked.visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const own = { cookie, origin, 'sec-fetch-site': 'same-origin', 'accept-language': 'fr-CA' };
  const tus: Headers = route.path.startsWith('/uploads') ? { 'tus-resumable': '1.0.0', ...tusHeaders[route.method] } : {};
  const form: Headers = body instanceof ReadableStream ? { 'content-type': 'application/x-www-form-urlencoded' } : {};
  const init = { method: route.method, headers: { ...own, ...tus, ...form, ...headers }, ...(body === undefined ? {} : { body, duplex: 'half' }) };
  return site.fetch(new Request(`${origin}${path}`, init));
}

const tusHeaders: Partial<Record<Route['method'], Headers>> = {
  POST: { 'upload-length': '5', 'upload-metadata': `filename ${btoa('plan.pdf')}` },
  PATCH: { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
};
