/** A mail as `/demo/courrier.json` shows it. */
export type KeptMail = {
  id: string;
  channel: 'mail' | 'sms';
  kind: 'notice' | 'code' | 'invitation' | 'reset' | 'alert';
  at: string;
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  code: string | null;
  links: string[];
  status: string;
  messageId: string;
};

const patienceMs = 5_000;

/** The newest mails to one address, newest first. */
export async function mailsTo(url: string, to: string): Promise<KeptMail[]> {
  const answer = await fetch(`${url}/demo/courrier.json?to=${encodeURIComponent(to)}`);
  return (await answer.json()) as KeptMail[]; // the shape is checked by the test of the page itself
}

/** Waits for a mail of that kind to that address which is not among `seen`. */
export async function nextMail(url: string, wanted: { to: string; kind: KeptMail['kind']; seen?: ReadonlySet<string> }): Promise<KeptMail> {
  const until = performance.now() + patienceMs;
  while (performance.now() < until) {
    const found = (await mailsTo(url, wanted.to)).find((mail) => mail.kind === wanted.kind && mail.status !== 'queued' && !wanted.seen?.has(mail.id));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No ${wanted.kind} reached ${wanted.to} within ${patienceMs} ms`);
}
