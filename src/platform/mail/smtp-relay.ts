import { isLoopbackName } from '../config/loopback.ts';

/** The relay that carries our mails further, as `PLI_SMTP_URL` names it. */
export type SmtpRelay = {
  host: string;
  port: number;
  /**
   * `from-start`: TLS before the first word (`smtps:`, RFC 8314 §3.3). `required`: STARTTLS or nothing (RFC 3207). `none`: in clear, only
   * ever within this machine, where a relay's certificate has no name anybody could check.
   */
  tls: 'from-start' | 'required' | 'none';
  credentials: { user: string; pass: string } | undefined;
};

/** Reads `smtp(s)://user:pass@host:port`; without a port 465 for smtps, 587 for smtp (RFC 8314 §7.3, RFC 6409 §3.1). Undefined: malformed. */
export function readSmtpUrl(typed: string): SmtpRelay | undefined {
  if (!URL.canParse(typed)) return undefined;
  const url = new URL(typed);
  const secure = url.protocol === 'smtps:';
  const more = (url.pathname !== '' && url.pathname !== '/') || url.search !== '' || url.hash !== '';
  if ((!secure && url.protocol !== 'smtp:') || !isHost(url.hostname) || more || url.port === '0') return undefined;
  const credentials = readCredentials(url);
  if (credentials === 'wrong') return undefined;
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port) || (secure ? 465 : 587),
    tls: secure ? 'from-start' : isLoopbackName(url.hostname) ? 'none' : 'required',
    credentials,
  };
}

function isHost(name: string): boolean {
  return /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i.test(name);
}

/** Both or neither, percent-decoded, on one line: they become words of a protocol of lines. */
function readCredentials({ username, password }: URL): SmtpRelay['credentials'] | 'wrong' {
  if (!username && !password) return undefined;
  try {
    const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
    return user && pass && !/\p{Cc}/u.test(user + pass) ? { user, pass } : 'wrong';
  } catch {
    return 'wrong';
  }
}
