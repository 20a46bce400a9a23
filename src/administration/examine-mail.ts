import { promises as dns } from 'node:dns';
import type { Config } from '#platform/config/config.ts';
import { checkMailDomain, checkSmtp } from '#platform/mail/dns-check.ts';
import { type Finding, finding } from './finding.ts';

/** Whether mails leave, and whether others will believe them. The demonstration keeps its mails. */
export async function examineMail(config: Config): Promise<Finding[]> {
  if (config.demo) return [];
  if (config.smtpUrl === undefined) return [finding(false, 'doctor.smtp-none')];
  const smtp = await checkSmtp(config.smtpUrl);
  const domain = /@([^@<>]+)>?$/.exec(config.mailFrom)?.[1] ?? '';
  const checks = await checkMailDomain(domain, dns);
  return [
    smtp.ok ? finding(true, 'doctor.smtp') : finding(false, 'doctor.smtp-fails', { reason: smtp.reason }),
    // What could not be learned is said, and is no fault of the installation.
    ...checks.map(({ check, state, detail }) =>
      finding(state === 'ok' || state === 'unknown', `doctor.domain-${state}`, { check: check.toUpperCase(), detail }),
    ),
  ];
}
