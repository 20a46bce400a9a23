import { drawn } from './plan.ts';

const kinds = ['profile', 'persona', 'password', 'membership', 'conversation', 'message', 'activity'] as const;
type Kind = (typeof kinds)[number];

/** A UUIDv7 (RFC 9562 §5.7) of an instant, the same each time for the same thing: ids grow with time, as those that Pli draws. */
export function idOf(kind: Kind, n: number, at: number): string {
  const what = 2_000 + kinds.indexOf(kind) * 4;
  const time = Math.floor(at).toString(16).padStart(12, '0');
  const [a, b, c] = [drawn(n, what), drawn(n, what + 1), drawn(n, what + 2)];
  // The number itself keeps two ids apart whatever was drawn.
  const number = n.toString(16).padStart(6, '0');
  const variant = (0x8000 | (b & 0x3fff)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${(a & 0xfff).toString(16).padStart(3, '0')}-${variant}-${number}${hex6(c)}`;
}

function hex6(n: number): string {
  return (n & 0xff_ffff).toString(16).padStart(6, '0');
}
