import { atomically, type Ctx } from '#context';
import { listActiveCollaborators } from '#domain/organisations/api.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import { composeDueNotices } from './compose-notices.ts';
import { noticeToken } from './notice-token.ts';
import { type Content, type OrganisationCard, passGate, readContent } from './outgoing-gate.ts';
import { type ClaimedMail, claimDueMails, getNoticeOfMail, updateMailFailed, updateMailSent } from './queries.ts';
import { openCode } from './sealed-code.ts';

export type DeliverySettings = {
  /** Where people reach Pli: every link is built from it, never from a request's Host. */
  publicUrl: () => URL;
  /** The one published address all mail comes from (000-08). A name beside it, `Name <address>`, is left out: the name is always «Connexion». */
  fromAddress: string;
  mailer: Mailer;
};

/** Mails one worker holds at a time. */
const batch = 20;
/** Tries before a mail is given up: the last ones an hour apart. */
const maxAttempts = 12;

/**
 * Composes the due notices and sends every due mail; also run as a sweep, in case a job was lost. Twice at once is harmless: a mail is
 * claimed by moving its next try on, so that a crash halfway only delays it, and a double carries the same Message-ID.
 */
export async function deliverDueMails(ctx: Ctx, settings: DeliverySettings): Promise<void> {
  await composeDueNotices(ctx);
  let claimed: ClaimedMail[];
  do {
    claimed = settings.mailer.ready() ? await claimDueMails(ctx, batch) : [];
    for (const mail of claimed) await deliver(ctx, settings, mail);
  } while (claimed.length === batch);
}

async function deliver(ctx: Ctx, settings: DeliverySettings, mail: ClaimedMail): Promise<void> {
  try {
    const { content, organisation } = await contentOf(ctx, mail);
    if (isStale(ctx, mail, content)) return await atomically(ctx, (inside) => updateMailFailed(inside, mail.id));
    const fromAddress = bareAddress(settings.fromAddress);
    const messageId = mail.messageId ?? `<${mail.id}@${fromAddress.split('@')[1]}>`;
    const ready = passGate({
      id: mail.id,
      messageId,
      to: mail.recipient,
      locale: mail.locale,
      publicUrl: settings.publicUrl(),
      fromAddress,
      organisation,
      content,
    });
    await settings.mailer.send(ready);
    await atomically(ctx, (inside) => updateMailSent(inside, { id: mail.id, messageId }));
  } catch (error) {
    // One mail that cannot leave must not hold the others: it is tried again later, and its failure is logged here, once a try.
    ctx.log.error({ mail: mail.id, kind: mail.kind, attempt: mail.attempts, error }, 'A mail could not be sent');
    if (mail.attempts >= maxAttempts) await atomically(ctx, (inside) => updateMailFailed(inside, mail.id));
  }
}

/** A code that came too late only misleads: it is dropped. */
function isStale(ctx: Ctx, mail: ClaimedMail, content: Content): boolean {
  return 'minutes' in content && ctx.now().getTime() - mail.createdAt.getTime() >= content.minutes * 60_000;
}

async function contentOf(ctx: Ctx, mail: ClaimedMail): Promise<{ content: Content; organisation: OrganisationCard }> {
  if (mail.kind === 'notice') return noticeContent(ctx, mail);
  const code = mail.sealedCode ? { code: openCode(ctx, mail.id, mail.sealedCode) } : {};
  return { content: readContent({ ...mail.parameters, ...code, kind: mail.kind }), organisation: undefined };
}

async function noticeContent(ctx: Ctx, mail: ClaimedMail): Promise<{ content: Content; organisation: OrganisationCard }> {
  const { noticeId, reader, sender, senderPersonaId, organisationId, organisation } = await getNoticeOfMail(ctx, mail);
  const collaborators = await listActiveCollaborators(ctx, { organisationId, personaIds: [senderPersonaId] });
  const senderIsCollaborator = collaborators.has(senderPersonaId);
  return { content: { kind: 'notice', reader, sender, senderIsCollaborator, token: noticeToken(ctx.keys, noticeId) }, organisation };
}

function bareAddress(mailbox: string): string {
  return /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox;
}
