/** A mail as it leaves: nothing is decided after this. */
export type Mail = {
  /** The row of `outgoing_mails` it comes from. */
  id: string;
  /** RFC 5322 §3.6.4, with its angle brackets; the same at each try, so that a receiver can drop a double. */
  messageId: string;
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
  /** Hands the mail over; resolves once the other side has taken responsibility for it. */
  send(mail: Mail): Promise<void>;
};
