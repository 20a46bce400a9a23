import { createTransport } from 'nodemailer';
import { connectionOptions, usualPatience } from './smtp-connection.ts';
import { notSent } from './smtp-faults.ts';
import { readSmtpUrl } from './smtp-relay.ts';

/** What asks DNS: `node:dns/promises` is one, and so is its `Resolver`. */
export type Resolver = { resolveTxt(name: string): Promise<string[][]> };

export type DomainCheck = { check: 'spf' | 'dkim' | 'dmarc'; state: 'ok' | 'missing' | 'wrong' | 'unknown'; detail: string };

/**
 * What the domain of our From says of who may send in its name. A receiver asks the same: without it notices end among the unwanted.
 * DKIM is the relay's signature: its key can be looked for only when the relay's selector is given.
 */
export async function checkMailDomain(domain: string, resolve: Resolver, options: { selector?: string } = {}): Promise<DomainCheck[]> {
  return Promise.all([checkSpf(domain, resolve), checkDkim(domain, resolve, options.selector), checkDmarc(domain, resolve)]);
}

/** Speaks to the relay up to the sign-in, and sends nothing. */
export async function checkSmtp(url: string): Promise<{ ok: true } | { ok: false; reason: string }> {
  const relay = readSmtpUrl(url);
  if (!relay) return { ok: false, reason: 'malformed address' };
  const transport = createTransport(connectionOptions(relay, { patience: { ...usualPatience, silence: usualPatience.connect } }));
  try {
    await transport.verify();
    return { ok: true };
  } catch (error) {
    return { ok: false, reason: notSent(error).reason };
  } finally {
    transport.close();
  }
}

/** RFC 7208: one record, that names somebody and ends by refusing the others. */
async function checkSpf(domain: string, resolve: Resolver): Promise<DomainCheck> {
  const found = await recordsAt(domain, resolve, /^v=spf1( |$)/i);
  if (!Array.isArray(found)) return { check: 'spf', ...found };
  const [record = '', ...others] = found;
  if (found.length === 0) return { check: 'spf', state: 'missing', detail: `no v=spf1 record at ${domain}` };
  if (others.length > 0) return { check: 'spf', state: 'wrong', detail: `${found.length} v=spf1 records at ${domain}, one is allowed (RFC 7208 §4.5)` };
  if (/(^|\s)\+?all(\s|$)/i.test(record)) return { check: 'spf', state: 'wrong', detail: `${record}: lets anybody send` };
  const ends = /(^|\s)[-~]all(\s|$)/i.test(record) || /(^|\s)redirect=\S/i.test(record);
  return { check: 'spf', state: ends ? 'ok' : 'wrong', detail: ends ? record : `${record}: refuses nobody, it should end with -all or ~all` };
}

/** RFC 6376 §3.6.1: a record with a key; an empty one says that it was revoked. */
async function checkDkim(domain: string, resolve: Resolver, selector: string | undefined): Promise<DomainCheck> {
  if (!selector) return { check: 'dkim', state: 'unknown', detail: `the relay signs: ask it for its selector, then look at SELECTOR._domainkey.${domain}` };
  const name = `${selector}._domainkey.${domain}`;
  const found = await recordsAt(name, resolve, /(^|;)\s*p=/i);
  if (!Array.isArray(found)) return { check: 'dkim', ...found };
  const [record = '', ...others] = found;
  if (found.length === 0) return { check: 'dkim', state: 'missing', detail: `no key at ${name}` };
  if (others.length > 0) return { check: 'dkim', state: 'wrong', detail: `${found.length} keys at ${name}, one is allowed` };
  const { v = 'DKIM1', p = '' } = tagsOf(record);
  if (v !== 'DKIM1') return { check: 'dkim', state: 'wrong', detail: `${name} has version ${v}, not DKIM1` };
  if (p === '') return { check: 'dkim', state: 'wrong', detail: `the key at ${name} is revoked` };
  return { check: 'dkim', state: 'ok', detail: `a key at ${name}` };
}

/** RFC 7489 §6.6.3: the domain's own policy, else that of a domain above it. */
async function checkDmarc(domain: string, resolve: Resolver): Promise<DomainCheck> {
  const labels = domain.split('.');
  for (let above = 0; above < Math.max(1, labels.length - 1); above++) {
    const name = `_dmarc.${labels.slice(above).join('.')}`;
    const found = await recordsAt(name, resolve, /^v=DMARC1\s*(;|$)/i);
    if (!Array.isArray(found)) return { check: 'dmarc', ...found };
    const [record = '', ...others] = found;
    if (found.length === 0) continue;
    if (others.length > 0) return { check: 'dmarc', state: 'wrong', detail: `${found.length} v=DMARC1 records at ${name}, one is allowed` };
    return dmarcPolicy(name, record, above > 0);
  }
  return { check: 'dmarc', state: 'missing', detail: `no v=DMARC1 record at _dmarc.${domain}` };
}

function dmarcPolicy(name: string, record: string, inherited: boolean): DomainCheck {
  const { p, sp } = tagsOf(record);
  const policy = ((inherited && sp) || p)?.toLowerCase();
  const known = policy === 'none' || policy === 'quarantine' || policy === 'reject';
  if (!known) return { check: 'dmarc', state: 'wrong', detail: `${name} has no policy (p=none, quarantine or reject)` };
  return { check: 'dmarc', state: 'ok', detail: policy === 'none' ? `${name}: p=none, it only watches` : `${name}: p=${policy}` };
}

/** The records of that kind under a name; a name that does not exist has none, and a DNS that does not answer leaves us ignorant. */
async function recordsAt(name: string, resolve: Resolver, kind: RegExp): Promise<string[] | { state: 'unknown'; detail: string }> {
  try {
    // A long record comes in pieces, which follow each other without a space (RFC 7208 §3.3).
    const records = (await resolve.resolveTxt(name)).map((pieces) => pieces.join('').trim());
    return records.filter((record) => kind.test(record));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'no answer';
    return code === 'ENOTFOUND' || code === 'ENODATA' ? [] : { state: 'unknown', detail: `DNS does not answer about ${name} (${code})` };
  }
}

function tagsOf(record: string): Record<string, string> {
  const tags = record.split(';').map((tag) => tag.split('=').map((part) => part.trim()));
  return Object.fromEntries(tags.flatMap(([name, ...value]) => (name ? [[name.toLowerCase(), value.join('=')]] : [])));
}
