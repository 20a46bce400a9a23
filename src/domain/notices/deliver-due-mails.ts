import { atomically, type Ctx } from '#context';
import { listActiveCollaborators, policyOf } from '#domain/organisations/api.ts';
import { type Mailer, MailNotSent } from '#platform/mail/mailer.ts';
import { composeDueNotices, type ReadersAmong } from './compose-notices.ts';
import { type ClaimedMail, claimDueMail, updateMailDelayed, updateMailFailed, updateMailSent } from './mail-queries.ts';
import { noticeToken } from './notice-token.ts';
import { type Content, type OrganisationCard, passGate, readContent } from './outgoing-gate.ts';
import { getNoticeOfMail, getOrganisationCard } from './queries.ts';
import { isGivenUp, nextTry } from './retrying.ts';
import { openCode } from './sealed-code.ts';

export type DeliverySettings = {
  /** Where people reach Pli: every link is built from it, never from a request's Host. */
  publicUrl: () => URL;
  /** The one published address all mail comes from (000-08). A name beside it, `Name <address>`, is left out: the name is always «Connexion». */
  fromAddress: string;
  mailer: Mailer;
  /** Between two mails about one sender's unopened messages in one conversation; five minutes unless said otherwise, 0 in the demonstration. */
  quietMs?: number | undefined;
  /** Of these, who may read the conversation now; whoever may not any more is told nothing of it. Absent: everybody. */
  readersAmong?: ReadersAmong | undefined;
  /** The title of a conversation, asked for only where its organisation has decided that notices say it (000-12). */
  titleOf?: ((ctx: Ctx, conversation: { organisationId: string; conversationId: string }) => Promise<string | undefined>) | undefined;
};

export type Lane = { codesOnly: boolean };

/** Connections broken in a row before a lane believes that the relay is gone and leaves the other mails alone until the next round. */
const brokenInARow = 3;

/** Composes the due notices and sends every due mail, one after the other; the process itself does it by `openCourier`. */
export async function deliverDueMails(ctx: Ctx, settings: DeliverySettings): Promise<void> {
  await composeDueNotices(ctx, settings);
  await emptyLane(ctx, settings, { codesOnly: false });
}

/**
 * Sends what is due, one mail after the other, until nothing is or the relay is gone. Twice at once is harmless: a mail is held by one
 * worker at a time, so that a crash halfway only delays it, and a double carries the same Message-ID.
 */
export async function emptyLane(ctx: Ctx, settings: DeliverySettings, { codesOnly }: Lane): Promise<void> {
  const domain = bareAddress(settings.fromAddress).split('@')[1] ?? '';
  let broken = 0;
  while (settings.mailer.ready() && broken < brokenInARow) {
    const mail = await claimDueMail(ctx, { codesOnly, domain });
    if (!mail) return;
    broken = (await deliver(ctx, settings, mail)) === 'unreachable' ? broken + 1 : 0;
  }
}

async function deliver(ctx: Ctx, settings: DeliverySettings, mail: ClaimedMail): Promise<'settled' | 'unreachable'> {
  try {
    const { content, organisation } = await contentOf(ctx, settings, mail);
    if (isStale(ctx, mail, content)) await giveUp(ctx, mail, 'too late');
    else await send(ctx, settings, { mail, content, organisation });
    return 'settled';
  } catch (error) {
    // One mail that cannot leave must not hold the others: its failure is logged here, once a try.
    return noteFailure(ctx, mail, error);
  }
}

type Written = { mail: ClaimedMail; content: Content; organisation: OrganisationCard };

async function send(ctx: Ctx, settings: DeliverySettings, { mail, content, organisation }: Written): Promise<void> {
  const ready = passGate({
    id: mail.id,
    messageId: mail.messageId,
    at: mail.createdAt,
    to: mail.recipient,
    locale: mail.locale,
    publicUrl: settings.publicUrl(),
    fromAddress: bareAddress(settings.fromAddress),
    organisation,
    content,
  });
  await settings.mailer.send(ready);
  await atomically(ctx, (inside) => updateMailSent(inside, mail.id));
}

async function noteFailure(ctx: Ctx, mail: ClaimedMail, error: unknown): Promise<'settled' | 'unreachable'> {
  const known = error instanceof MailNotSent ? error : undefined;
  const failure = known?.reason ?? 'fault';
  // Of what a relay says only the codes: its words repeat addresses.
  ctx.log.error({ mail: mail.id, kind: mail.kind, attempt: mail.attempts, ...(known ? { reason: failure } : { error }) }, 'A mail could not be sent');
  if (known?.fault === 'refused' || isGivenUp(ctx, mail)) await giveUp(ctx, mail, failure);
  else await updateMailDelayed(ctx, { id: mail.id, at: nextTry(ctx, mail, known?.fault ?? 'later'), failure });
  return known?.fault === 'unreachable' ? 'unreachable' : 'settled';
}

function giveUp(ctx: Ctx, mail: ClaimedMail, failure: string): Promise<void> {
  return atomically(ctx, (inside) => updateMailFailed(inside, { id: mail.id, failure }));
}

/** A code that came too late only misleads, and a notice of messages that were all taken back tells of nothing: they are dropped. */
function isStale(ctx: Ctx, mail: ClaimedMail, content: Content): boolean {
  if ('count' in content) return content.count === 0;
  return 'minutes' in content && ctx.now().getTime() - mail.createdAt.getTime() >= content.minutes * 60_000;
}

type Said = { content: Content; organisation: OrganisationCard };

async function contentOf(ctx: Ctx, settings: DeliverySettings, mail: ClaimedMail): Promise<Said> {
  if (mail.kind === 'notice') return noticeContent(ctx, settings, mail);
  const { organisationId, ...parameters } = mail.parameters;
  if (mail.kind === 'invitation') {
    const organisation = await getOrganisationCard(ctx, { organisationId: String(organisationId), locale: mail.locale });
    return { content: { kind: 'invitation', reader: mail.recipient }, organisation };
  }
  const code = mail.sealedCode ? { code: openCode(ctx, mail.id, mail.sealedCode) } : {};
  return { content: readContent({ ...parameters, ...code, kind: mail.kind }), organisation: undefined };
}

async function noticeContent(ctx: Ctx, settings: DeliverySettings, mail: ClaimedMail): Promise<Said> {
  const { kind: about, noticeId, count, reader, sender, senderPersonaId, organisationId, conversationId, organisation } = await getNoticeOfMail(ctx, mail);
  const collaborators = await listActiveCollaborators(ctx, { organisationId, personaIds: [senderPersonaId] });
  const senderIsCollaborator = collaborators.has(senderPersonaId);
  const policy = await policyOf(ctx, organisationId);
  const wording = policy.noticeWording[mail.locale === 'en' ? 'en' : 'fr'];
  const chosenTitle = policy.titleInNotices && conversationId !== null ? await settings.titleOf?.(ctx, { organisationId, conversationId }) : undefined;
  const token = noticeToken(ctx.keys, noticeId);
  return { content: { kind: 'notice', about, count, reader, sender, senderIsCollaborator, chosenTitle, wording, token }, organisation };
}

function bareAddress(mailbox: string): string {
  return /<([^<>]+)>/.exec(mailbox)?.[1] ?? mailbox;
}
