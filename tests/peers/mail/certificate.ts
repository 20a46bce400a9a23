import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../support/programs.ts';

export const openssl = findProgram('openssl');

export type Certificate = { keyFile: string; certFile: string; key: string; cert: string };

/** A certificate that vouches for itself: to those who trust it, the relay's; to others, a stranger's. */
export function makeCertificate(folder: string, ...names: string[]): Certificate {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=relay', '-addext', `subjectAltName=${names.join(',')}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', keyFile];
  execFileSync(openssl ?? 'openssl', ['req', '-x509', '-days', '2', ...key, ...subject, '-out', certFile], { stdio: 'ignore' });
  return { keyFile, certFile, key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
}
