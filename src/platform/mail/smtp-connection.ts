import type { SmtpRelay } from './smtp-relay.ts';

/** Milliseconds. */
export type SmtpPatience = {
  connect: number;
  greeting: number;
  /** Without a word from the relay. */
  silence: number;
  /** For one mail, all in all: shorter than a mail is held by its worker (`leaseSeconds`). */
  wholeTry: number;
};

/**
 * Nobody waits for a mail but its reader. Too short a silence makes doubles: a relay that scans a mail answers its last line late
 * (RFC 5321 §4.5.3.2.6).
 */
export const usualPatience: SmtpPatience = { connect: 5_000, greeting: 5_000, silence: 30_000, wholeTry: 60_000 };

/** How we speak to the relay, in the words of nodemailer. Certificates are always verified (`NODE_EXTRA_CA_CERTS` adds an authority of one's own). */
export function connectionOptions(relay: SmtpRelay, { name, patience, ca }: { name?: string | undefined; patience: SmtpPatience; ca?: string | undefined }) {
  return {
    host: relay.host,
    port: relay.port,
    secure: relay.tls === 'from-start',
    requireTLS: relay.tls === 'required',
    ignoreTLS: relay.tls === 'none',
    ...(relay.credentials ? { auth: relay.credentials, forceAuth: true } : {}),
    ...(name ? { name } : {}),
    tls: { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const, ...(ca ? { ca } : {}) },
    connectionTimeout: patience.connect,
    greetingTimeout: patience.greeting,
    socketTimeout: patience.silence,
    dnsTimeout: patience.connect,
  };
}
