import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** Small preferences a browser keeps for us. None is a secret and none proves anything: what they say is checked when read. */
export type PreferenceCookie = 'langue' | 'apparence' | 'message';

type Sealed = { https: boolean };

export function readPreference(c: Context, name: PreferenceCookie, { https }: Sealed): string | undefined {
  return getCookie(c, cookieName(name, https));
}

/** `maxAge` in seconds. */
export function keepPreference(c: Context, name: PreferenceCookie, value: string, { https, maxAge }: Sealed & { maxAge: number }): void {
  setCookie(c, cookieName(name, https), value, { path: '/', httpOnly: true, sameSite: 'Lax', secure: https, maxAge });
}

export function forgetPreference(c: Context, name: PreferenceCookie, { https }: Sealed): void {
  deleteCookie(c, cookieName(name, https), { path: '/', httpOnly: true, sameSite: 'Lax', secure: https });
}

/** The `__Host-` prefix binds a cookie to this host alone; browsers accept it over https only. */
function cookieName(name: PreferenceCookie, https: boolean): string {
  return https ? `__Host-pli-${name}` : `pli-${name}`;
}
