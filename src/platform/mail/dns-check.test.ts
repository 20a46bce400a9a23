import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkMailDomain, checkSmtp, type DomainCheck, type Resolver } from './dns-check.ts';

/** A DNS that knows these records and answers of every other name that it does not exist. */
function dns(records: Record<string, string[] | string>): Resolver {
  return {
    async resolveTxt(name) {
      const found = records[name];
      if (typeof found === 'string') throw Object.assign(new Error(found), { code: found });
      if (!found) throw Object.assign(new Error('queryTxt ENOTFOUND'), { code: 'ENOTFOUND' });
      // Long records come in pieces.
      return found.map((record) => [record.slice(0, 10), record.slice(10)]);
    },
  };
}

const at = 'pli.tilleuls.example';
async function state(check: DomainCheck['check'], records: Record<string, string[] | string>, selector?: string): Promise<string> {
  const checks = await checkMailDomain(at, dns(records), selector ? { selector } : {});
  return checks.find((one) => one.check === check)?.state ?? '';
}

test.each([
  [['v=spf1 include:relay.example -all'], 'ok'],
  [['something else', 'v=spf1 ip4:192.0.2.1 ~all'], 'ok'],
  [['v=spf1 redirect=_spf.example'], 'ok'],
  [['v=spf1 ip4:192.0.2.1'], 'wrong'],
  [['v=spf1 ip4:192.0.2.1 ?all'], 'wrong'],
  [['v=spf1 +all'], 'wrong'],
  [['v=spf1 all'], 'wrong'],
  [['v=spf1 -all', 'v=spf1 ~all'], 'wrong'],
  [['v=spf10 -all'], 'missing'],
  [[], 'missing'],
  ['ENODATA', 'missing'],
  ['ESERVFAIL', 'unknown'],
])('SPF %j: %s', async (records, expected) => {
  expect(await state('spf', { [at]: records })).toBe(expected);
});

test.each([
  [['v=DKIM1; k=rsa; p=MIGfMA0GCSq'], 'ok'],
  [['k=rsa; p=MIGfMA0GCSq'], 'ok'],
  [['v=DKIM1; p='], 'wrong'],
  [['v=DKIM2; p=MIGf'], 'wrong'],
  [['p=a', 'p=b'], 'wrong'],
  [[], 'missing'],
  ['ETIMEOUT', 'unknown'],
])('DKIM %j: %s', async (records, expected) => {
  expect(await state('dkim', { [`relais._domainkey.${at}`]: records }, 'relais')).toBe(expected);
});

test('DKIM without a selector cannot be known, and nothing is asked', async () => {
  expect(await state('dkim', {})).toBe('unknown');
});

test.each([
  [{ [`_dmarc.${at}`]: ['v=DMARC1; p=reject; rua=mailto:x@tilleuls.example'] }, 'ok'],
  [{ [`_dmarc.${at}`]: ['v=DMARC1;p=none'] }, 'ok'],
  [{ '_dmarc.tilleuls.example': ['v=DMARC1; p=none; sp=quarantine'] }, 'ok'],
  [{ '_dmarc.tilleuls.example': ['v=DMARC1; p=reject; sp=perhaps'] }, 'wrong'],
  [{ [`_dmarc.${at}`]: ['v=DMARC1'] }, 'wrong'],
  [{ [`_dmarc.${at}`]: ['v=DMARC1; p=none', 'v=DMARC1; p=reject'] }, 'wrong'],
  [{ '_dmarc.example': ['v=DMARC1; p=reject'] }, 'missing'],
  [{}, 'missing'],
  [{ [`_dmarc.${at}`]: 'ECONNREFUSED' }, 'unknown'],
])('DMARC %j: %s', async (records, expected) => {
  expect(await state('dmarc', records)).toBe(expected);
});

test('a relay that is not there, and an address that is none, are said by a code, never with the password', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await new Promise((resolve) => server.close(resolve));
  expect(await checkSmtp(`smtp://pli:secret@127.0.0.1:${port}`)).toEqual({ ok: false, reason: 'ESOCKET ECONNREFUSED' });
  expect(await checkSmtp('smtp://pli:secret@')).toEqual({ ok: false, reason: 'malformed address' });
});
