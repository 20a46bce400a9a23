/** A mail as it leaves: nothing is decided after this. */
export type Mail = {
  /** The row of `outgoing_mails` it comes from. */
  id: string;
  /** RFC 5322 §3.6.4, with its angle brackets; the same at each try, so that a receiver can drop a double. */
  messageId: string;
  /** When it was asked for; the same at each try, like the rest of it (RFC 5322 §3.6.1). */
  at: Date;
  from: { name: string; address: string };
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  /** What the demonstration shows beside the mail, for people and tests who have no mailbox. */
  shown: { code: string | undefined; links: readonly string[] };
};

export type Mailer = {
  /** False while no way out is configured: mails then wait in their queue, and lose nothing. */
  ready(): boolean;
  /** True when sending takes as long as another machine pleases: nothing else waits for it then. */
  remote: boolean;
  /** Hands the mail over; resolves once the other side has taken responsibility for it, throws a `MailNotSent` when it has not. */
  send(mail: Mail): Promise<void>;
  /** Lets go of what it holds; what is being sent is cut short, and counts as not sent. */
  close(): void;
};

/**
 * The other side did not take the mail. `refused`: it will not take this one, however often it is asked (RFC 5321 §4.2.1, 5yz); otherwise
 * it may take it later. `unreachable`: the fault is not the mail's, the others would meet it too. `reason` has codes only, no words:
 * relays repeat addresses in theirs.
 */
export class MailNotSent extends Error {
  override name = 'MailNotSent';
  readonly fault: 'refused' | 'later' | 'unreachable';
  readonly reason: string;
  constructor({ fault, reason, cause }: { fault: MailNotSent['fault']; reason: string; cause: unknown }) {
    super(`The relay did not take the mail: ${reason}`, { cause });
    this.fault = fault;
    this.reason = reason;
  }
}
