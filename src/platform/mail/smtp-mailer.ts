import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.ts';
import { connectionOptions, type SmtpPatience, usualPatience } from './smtp-connection.ts';
import { notSent } from './smtp-faults.ts';
import type { SmtpRelay } from './smtp-relay.ts';

/** Connections kept open to the relay: as many as mails are ever sent at once (`openCourier`). */
export const smtpConnections = 6;

/**
 * Mails leave through a relay by SMTP (RFC 5321), over connections that are kept open for the next mail.
 * `name` is what we present ourselves as, the host of our public address. `ca` is for tests, whose relays have certificates of their own.
 */
export function smtpMailer(
  relay: SmtpRelay,
  { name, patience = usualPatience, ca }: { name?: string | undefined; patience?: SmtpPatience; ca?: string | undefined } = {},
): Mailer {
  const transport = createTransport({
    ...connectionOptions(relay, { name, patience, ca }),
    pool: true,
    maxConnections: smtpConnections,
    maxMessages: 100,
    // Of the mails not a byte of which was sent, because the relay had closed an idle connection: never one that it may have taken.
    maxRequeues: 1,
    idleTimeout: 60_000,
    // A mail holds texts of ours and nothing to be fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    ready: () => true,
    remote: true,
    async send(mail) {
      const signal = AbortSignal.timeout(patience.wholeTry);
      try {
        await transport.sendMail({
          messageId: mail.messageId,
          date: mail.at,
          from: mail.from,
          to: { name: '', address: mail.to },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          headers: mail.headers,
          xMailer: false,
          signal,
        });
      } catch (error) {
        throw notSent(error);
      }
    },
    close: () => transport.close({ force: true }),
  };
}
