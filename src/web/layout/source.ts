import { BlockList, isIP, isIPv6 } from 'node:net';
import type { WebContext } from './web.ts';

/**
 * The network address a request comes from, for the budgets per source: the peer's, or, behind a proxy we were told to believe, the last
 * address of `X-Forwarded-For` that is not such a proxy. IPv6 is cut to its /64, which one household or machine holds whole.
 */
export function sourceOf(c: WebContext, trustedProxy: readonly string[]): string {
  const believed = networks(trustedProxy);
  const named = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => plain(part.trim()));
  let source = plain(peerOf(c));
  while (isBelieved(believed, source)) {
    const next = named.pop();
    if (!next || isIP(next) === 0) break;
    source = next;
  }
  return isIPv6(source) ? prefix64(source) : source;
}

/**
 * Whether a request was made on this machine or on a network we were told to believe, and not for somebody else: what a proxy passes on says
 * so in its headers. (One that says nothing is to keep `/metrics` to itself: docs/installation.md.)
 */
export function isNear(c: WebContext, trustedProxy: readonly string[]): boolean {
  const forwarded = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'].some((name) => c.req.header(name) !== undefined);
  const peer = plain(peerOf(c));
  return !forwarded && (isLoopback(peer) || isBelieved(networks(trustedProxy), peer));
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^127(\.\d{1,3}){3}$/.test(address);
}

/** Absent in tests, which ask without a socket. */
function peerOf(c: WebContext): string {
  const env = c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined; // @hono/node-server's bindings
  return env?.incoming?.socket?.remoteAddress ?? 'local';
}

function networks(list: readonly string[]): BlockList {
  const believed = new BlockList();
  for (const entry of list) {
    const [address = '', bits] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) believed.addAddress(address, family);
    else believed.addSubnet(address, Number(bits), family);
  }
  return believed;
}

function isBelieved(believed: BlockList, address: string): boolean {
  return isIP(address) !== 0 && believed.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** IPv4 carried in IPv6 (`::ffff:192.0.2.1`) is IPv4. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function prefix64(address: string): string {
  const [head = '', tail] = address.split('%', 1)[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
}
