/** Longest path that is carried through a sign-in, in UTF-16 units. */
const longest = 1000;

/**
 * The path to come back to after signing in, or undefined when it is not one of ours. Only an absolute path of this site passes:
 * `//host`, backslashes, control characters and their percent-encoded forms are refused, since browsers read them as another host.
 */
export function safeReturnPath(typed: string | undefined): string | undefined {
  if (!typed || typed.length > longest || !typed.startsWith('/')) return undefined;
  const path = typed.split(/[?#]/, 1)[0] ?? '';
  if (hasTrick(typed) || hasTrick(decoded(path)) || hasTrick(decoded(decoded(path)))) return undefined;
  const target = URL.parse(typed, 'http://pli.invalid');
  if (target?.origin !== 'http://pli.invalid' || target.pathname.startsWith('//')) return undefined;
  // A file is nowhere to arrive: its conversation is.
  const pathname = target.pathname.replace(/\/pieces\/[^/]*$/u, '');
  return pathname + target.search + target.hash;
}

function hasTrick(path: string | undefined): boolean {
  return path === undefined || /^\/[/\\]|[\\\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(path);
}

function decoded(path: string | undefined): string | undefined {
  try {
    return path && decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
