import { z } from 'zod';
import type { Mail } from '#platform/mail/mailer.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { type Locale, locales } from '#shared/locales.ts';
import { addressSchema } from '#shared/people.ts';
import { holdsLink, noticeWordingLength } from '#shared/policy.ts';
import { alertMail } from './mails/alert-mail.ts';
import { codeMail } from './mails/code-mail.ts';
import { invitationMail } from './mails/invitation-mail.ts';
import type { MailFrame, Rendered } from './mails/letter.ts';
import { noticeMail } from './mails/notice-mail.ts';
import { noticeKinds } from './notice-kinds.ts';
import { alertKinds } from './send-alert.ts';

/** Names that organisations choose for themselves: one line, bounded. */
const name = oneLine(200);
const address = addressSchema;

function oneLine(most: number) {
  return z
    .string()
    .min(1)
    .max(most)
    .regex(/^\P{Cc}*$/u);
}

/**
 * All that a mail may say, by kind. The gate knows no other field and refuses one it does not know, so that a text or a file name has no way
 * into a mail, whoever calls, and a title only by its organisation's decision (S-06, 000-12).
 */
const contentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('notice'),
    /** Why: a message, having been added, told again, conversations handed over, or what is still unopened and expires. */
    about: z.enum(noticeKinds),
    /** Messages of that sender that it tells of; conversations, when they were handed over. */
    count: z.number().int().min(1),
    reader: address,
    sender: address,
    /** The word «collaborateur» is used only when they are one (000-09). */
    senderIsCollaborator: z.boolean(),
    /** Only where the organisation has decided that its notices say it (000-12). */
    chosenTitle: oneLine(conversationLimits.title).optional(),
    /** The organisation's own sentence: the same in all its notices, without a link. */
    wording: oneLine(noticeWordingLength)
      .refine((text) => !holdsLink(text))
      .optional(),
    token: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  }),
  z.strictObject({
    kind: z.enum(['code', 'reset']),
    purpose: z.enum(['sign-in', 'address', 'reset']),
    code: z.string().regex(/^\d{8}$/),
    minutes: z.number().int().min(1).max(60),
  }),
  z.strictObject({ kind: z.literal('alert'), alert: z.enum(alertKinds) }),
  z.strictObject({ kind: z.literal('invitation'), reader: address }),
]);
export type Content = z.infer<typeof contentSchema>;

const organisationSchema = z.strictObject({ name, supportPhone: name.optional(), supportHours: name.optional(), supportEmail: address.optional() }).optional();
export type OrganisationCard = z.infer<typeof organisationSchema>;

const envelopeSchema = z.strictObject({
  id: z.uuid(),
  messageId: z.string().regex(/^<[^<>\s@]+@[^<>\s@]+>$/),
  at: z.date(),
  to: address,
  locale: z.enum(locales),
  publicUrl: z.instanceof(URL).refine((url) => url.protocol === 'https:' || url.protocol === 'http:'),
  // The administrator's own setting: a machine of a closed network may have no domain.
  fromAddress: z.string().regex(/^[^\s<>@]+@[^\s<>@]+$/),
  organisation: organisationSchema,
  content: contentSchema,
});
export type Envelope = z.input<typeof envelopeSchema>;

/** What waits in a mail's row, read strictly. */
export function readContent(stored: unknown): Content {
  return contentSchema.parse(stored);
}

/** The one way out: checks what a mail is made of, writes it in its reader's language, and checks where its links lead. Throws when anything is amiss: a bug. */
export function passGate(envelope: Envelope): Mail {
  const checked = envelopeSchema.parse(envelope);
  const { content } = checked;
  const frame: MailFrame = {
    locale: checked.locale,
    publicUrl: checked.publicUrl,
    fromAddress: checked.fromAddress,
    organisation: checked.organisation,
  };
  const rendered = render(frame, content);
  for (const link of rendered.links) assertOwn(link, checked.publicUrl);
  return {
    id: checked.id,
    messageId: checked.messageId,
    at: checked.at,
    from: { name: 'Connexion', address: checked.fromAddress },
    to: checked.to,
    subject: rendered.subject,
    text: rendered.text,
    html: rendered.html,
    headers: headers(checked.locale),
    shown: { code: 'code' in content ? content.code : undefined, links: rendered.links },
  };
}

function render(frame: MailFrame, content: Content): Rendered {
  if (content.kind === 'notice') return noticeMail(frame, content);
  if (content.kind === 'alert') return alertMail(frame, content);
  if (content.kind === 'invitation') return invitationMail(frame, content);
  return codeMail(frame, content);
}

/** No answering machine answers it (RFC 3834 §5, and Microsoft's own header), no list or tracker is announced. */
function headers(locale: Locale): Record<string, string> {
  return { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': locale };
}

function assertOwn(link: string, publicUrl: URL): void {
  if (new URL(link).origin !== publicUrl.origin) throw new Error('A mail may only link to Pli');
}
