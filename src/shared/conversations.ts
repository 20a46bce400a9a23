import { z } from 'zod';
import { addressKey, addressSchema } from './people.ts';
import { isBlank, isFormatted, type RichText, toPlainText } from './rich-text.ts';
import { readRichText } from './rich-text-schema.ts';

/** Limits of a conversation, said on the pages before they are met (S-11). Bytes, code units and counts. */
export const conversationLimits = {
  participants: 100,
  title: 200,
  message: 50_000,
  /** The files of one message together: 1 GiB. */
  filesBytes: 1_073_741_824,
  files: 50,
  /** What one person may have sent without posting it: 4 GiB in 200 files. */
  waitingBytes: 4_294_967_296,
  waitingFiles: 200,
  fileName: 255,
  /** Messages shown at once (000-44). */
  window: 5,
  /** A notice is sent again by hand ten minutes after the last one at the soonest, and five times in a day at most. */
  tellingEveryMs: 600_000,
  tellingsPerDay: 5,
  /** The longest life a message may be given, in days: a calendar year. */
  expiryDays: 366,
} as const;

/** Rows a page of the list may hold (000-33). */
export const pageSizes = [10, 20, 30] as const;
export type PageSize = (typeof pageSizes)[number];

export const conversationRefusals = [
  'conversation.not-found',
  'conversation.may-not-start',
  'conversation.read-only',
  'conversation.holder-stays',
  'conversation.closed',
  'conversation.expired',
  'title.missing',
  'title.too-long',
  'participants.none',
  'participants.only-yourself',
  'participants.too-many',
  'participants.not-an-address',
  'participants.already-there',
  'participants.not-collaborators',
  'participants.domain-not-allowed',
  'person.not-here',
  'person.holder',
  'person.holder-role',
  'person.stands-in',
  'person.last-collaborator',
  'person.already-opened',
  'notice.nothing-waits',
  'notice.still-waiting',
  'notice.too-soon',
  'message.empty',
  'message.too-long',
  'message.formatting-refused',
  'message.formatting-too-large',
  'message.link-refused',
  'message.not-available',
  'text.unreadable',
  'form.incomplete',
  'form.too-large',
  'expiry.out-of-range',
  'attachment.not-found',
  'attachment.not-ready',
  'attachment.too-many',
  'attachment.too-large',
  'attachment.type-not-allowed',
  'attachment.name-too-long',
  'attachment.too-much-waiting',
  'storage.full',
  'upload.not-found',
  'upload.wrong-offset',
  'upload.busy',
  'upload.part-too-small',
] as const;
type ConversationRefusal = (typeof conversationRefusals)[number];

/** What is wrong with one field of a form: a refusal code, with the data its sentence needs. */
export type FieldFault = { field: string; code: ConversationRefusal; data?: Record<string, string | number> };
export type Parsed<T> = { ok: true; value: T } | { ok: false; faults: FieldFault[] };

/** Text that PostgreSQL, JSON and every reader can hold: no NUL, no lone surrogate. Line ends become `\n`. */
const text = z
  .string()
  .refine((typed) => typed.isWellFormed() && !typed.includes('\0'))
  .transform((typed) => typed.replaceAll('\r\n', '\n'));

/** `message` is the text; `richText` the same with its formatting, when it has any: then that is what is kept. */
export type NewMessage = { message: string; richText?: RichText | undefined; uploadIds: string[]; postKey: string };
export type NewConversation = NewMessage & {
  holderPersonaId: string;
  title: string;
  participants: string[];
  expiresOn: string | undefined;
};

/** People to be added to a conversation: whether they see what came before them, and as what. */
export type NewPeople = { addresses: string[]; role: 'participant' | 'collaborator'; past: boolean };

type Fields = Record<string, string>;

/** Reads «Ajouter un message» as posted: field names are those of the form. */
export function readNewMessage(fields: Fields, uploadIds: readonly string[]): Parsed<NewMessage> {
  const faults: FieldFault[] = [];
  const value = messagePart(fields, uploadIds, faults);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value };
}

/** Reads «Nouvelle conversation» as posted, and names every fault at once. */
export function readNewConversation(fields: Fields, uploadIds: readonly string[]): Parsed<NewConversation> {
  const faults: FieldFault[] = [];
  const value = {
    holderPersonaId: fields.titulaire ?? '',
    title: titlePart(fields, faults),
    participants: participantsPart(fields, faults),
    expiresOn: fields.expire ? fields.expire : undefined,
    ...messagePart(fields, uploadIds, faults),
  };
  if (!z.uuid().safeParse(value.holderPersonaId).success) faults.unshift({ field: 'titulaire', code: 'conversation.may-not-start' });
  if (value.expiresOn && !z.iso.date().safeParse(value.expiresOn).success) {
    faults.push({ field: 'expire', code: 'expiry.out-of-range', data: { days: conversationLimits.expiryDays } });
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value };
}

/** Reads «Ajouter des personnes» as posted. What is not chosen shows the least: a participant, without the past. */
export function readNewPeople(fields: Fields): Parsed<NewPeople> {
  const faults: FieldFault[] = [];
  const addresses = participantsPart(fields, faults);
  const role = readRole(fields.role ?? '');
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { addresses, role, past: fields.passe === 'avec' } };
}

/** Reads «Changer le rôle»: what is not one of the two shows and allows the least. */
export function readRole(typed: string): NewPeople['role'] {
  return typed === 'collaborateur' ? 'collaborator' : 'participant';
}

/** Reads the right form of one address. */
export function readCorrection(fields: Fields): Parsed<{ address: string }> {
  const field = 'adresse';
  const typed = fields.adresse ?? '';
  if (!text.safeParse(typed).success) return { ok: false, faults: [{ field, code: 'text.unreadable' }] };
  const read = addressSchema.safeParse(bareAddress(typed.trim()));
  if (read.success) return { ok: true, value: { address: read.data } };
  const empty = typed.trim() === '';
  return {
    ok: false,
    faults: [
      empty ? { field, code: 'participants.none' } : { field, code: 'participants.not-an-address', data: { addresses: typed.trim().slice(0, 254), count: 1 } },
    ],
  };
}

/** Reads the title alone, as «Gérer la conversation» posts it. */
export function readTitle(fields: Fields): Parsed<{ title: string }> {
  const faults: FieldFault[] = [];
  const title = titlePart(fields, faults);
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: { title } };
}

function titlePart(fields: Fields, faults: FieldFault[]): string {
  const read = text.safeParse(fields.titre ?? '');
  if (!read.success) faults.push({ field: 'titre', code: 'text.unreadable' });
  const title = read.success ? read.data.trim() : '';
  if (read.success && title === '') faults.push({ field: 'titre', code: 'title.missing' });
  if (title.length > conversationLimits.title) {
    faults.push({ field: 'titre', code: 'title.too-long', data: { count: title.length, limit: conversationLimits.title } });
  }
  return title;
}

/** One address a line; commas and semicolons are understood too. Doubles are merged. */
function participantsPart(fields: Fields, faults: FieldFault[]): string[] {
  const field = 'participants';
  const typed = fields.participants ?? '';
  if (!text.safeParse(typed).success) {
    faults.push({ field, code: 'text.unreadable' });
    return [];
  }
  const lines = typed
    .split(/[\r\n,;]+/u)
    .map((line) => bareAddress(line.trim()))
    .filter((line) => line !== '');
  const addresses = [...new Map(lines.map((line) => [addressKey(line), line])).values()];
  // Past the limit the number is what is wrong: a megabyte of lines is not judged one by one.
  const wrong = addresses.length > conversationLimits.participants ? [] : addresses.filter((address) => !addressSchema.safeParse(address).success);
  if (lines.length === 0) faults.push({ field, code: 'participants.none' });
  if (wrong.length > 0) faults.push({ field, code: 'participants.not-an-address', data: { addresses: wrong.slice(0, 5).join(', '), count: wrong.length } });
  if (addresses.length > conversationLimits.participants) {
    faults.push({ field, code: 'participants.too-many', data: { count: addresses.length, limit: conversationLimits.participants } });
  }
  return addresses;
}

/** Mail programs copy `Nadia Roy <nadia.roy@courriel.example>`: the address is between the brackets (RFC 5322 §3.4). */
function bareAddress(line: string): string {
  return /^[^<>]*<([^<>]+)>$/u.exec(line)?.[1]?.trim() ?? line;
}

/** The field of the form that holds the formatted message, as JSON; the editor writes it beside the plain one. */
export const richTextField = 'message-riche';

function messagePart(fields: Fields, uploadIds: readonly string[], faults: FieldFault[]): NewMessage {
  const { message, richText, blank } = writtenPart(fields, faults);
  if (blank && uploadIds.length === 0) faults.push({ field: 'message', code: 'message.empty' });
  if (message.length > conversationLimits.message) {
    faults.push({ field: 'message', code: 'message.too-long', data: { count: message.length, limit: conversationLimits.message } });
  }
  if (uploadIds.length > conversationLimits.files) {
    faults.push({ field: 'fichiers', code: 'attachment.too-many', data: { count: uploadIds.length, limit: conversationLimits.files } });
  }
  const postKey = z.uuid().safeParse(fields.cle);
  return { message, richText, uploadIds: [...uploadIds], postKey: postKey.success ? postKey.data : '' };
}

type Written = { message: string; richText?: RichText | undefined; blank: boolean };

/** The formatted version decides when there is one: the text is then made from it, whatever came beside it. */
function writtenPart(fields: Fields, faults: FieldFault[]): Written {
  const json = fields[richTextField] ?? '';
  if (json === '') return plainPart(fields, faults);
  const read = readRichText(json);
  if (!read.ok) {
    const { code, address } = read.fault;
    faults.push({ field: 'message', code, ...(address === undefined ? {} : { data: { address } }) });
    return { message: '', blank: false };
  }
  const message = toPlainText(read.value);
  return { message, richText: isFormatted(read.value) ? read.value : undefined, blank: isBlank(read.value) };
}

function plainPart(fields: Fields, faults: FieldFault[]): Written {
  const read = text.safeParse(fields.message ?? '');
  if (read.success) return { message: read.data, blank: read.data.trim() === '' };
  faults.push({ field: 'message', code: 'text.unreadable' });
  return { message: '', blank: false };
}
