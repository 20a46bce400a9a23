import { isMessageKey, type MessageKey, type Values } from '#messages/translate.ts';
import { forgetPreference, keepPreference, readPreference } from './cookies.ts';
import type { Flash } from './view.ts';
import type { WebContext } from './web.ts';

/** Keeps a sentence over the redirect that follows an act; the next page shows it, once. Never anything secret among the values. */
export function setFlash(c: WebContext, kind: Flash['kind'], key: MessageKey, values?: Values): void {
  const text = Buffer.from(JSON.stringify([kind, key, values])).toString('base64url');
  keepPreference(c, 'message', text, { https: isHttps(c), maxAge: 60 });
}

export function readFlash(c: WebContext, https: boolean): Flash | undefined {
  const text = readPreference(c, 'message', { https });
  return text && text.length < 3000 ? parse(text) : undefined;
}

export function forgetFlash(c: WebContext): void {
  forgetPreference(c, 'message', { https: isHttps(c) });
}

/** The cookie comes back from outside: only a known key and plain values pass. */
function parse(text: string): Flash | undefined {
  try {
    const [kind, key, values]: unknown[] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if ((kind !== 'success' && kind !== 'info') || typeof key !== 'string' || !isMessageKey(key)) return undefined;
    return isValues(values) ? { kind, key, values } : { kind, key };
  } catch {
    // Not ours, or cut short: there is simply nothing to show.
    return undefined;
  }
}

function isValues(values: unknown): values is Values {
  return typeof values === 'object' && values !== null && Object.values(values).every((value) => ['string', 'number'].includes(typeof value));
}

function isHttps(c: WebContext): boolean {
  return c.get('view').origin.startsWith('https:');
}
