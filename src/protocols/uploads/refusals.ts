import { translator } from '#messages/translate.ts';
import type { Refusal } from '#result';
import { formatBytes } from '#shared/bytes.ts';
import { conversationLimits } from '#shared/conversations.ts';
import type { Locale } from '#shared/locales.ts';
import type { RefusalCode } from '#shared/refusals.ts';
import { smallestPartBytes } from '#shared/uploads.ts';

/** What the verbs of an upload may refuse, and what tus answers then (tus 1.0, «Core Protocol» and «Creation»). */
const statuses = {
  'attachment.name-too-long': 422,
  'attachment.too-large': 413,
  'attachment.too-much-waiting': 507,
  'storage.full': 507,
  'text.unreadable': 422,
  // «the Server SHOULD return the 404 Not Found, 410 Gone or 403 Forbidden status»: somebody else's is as good as absent.
  'upload.not-found': 404,
  // «If the offsets do not match, the Server MUST respond with the 409 Conflict status.»
  'upload.wrong-offset': 409,
  // «the Server SHOULD prevent … race conditions»: another part is being written.
  'upload.busy': 423,
  'upload.part-too-small': 400,
} as const satisfies Partial<Record<RefusalCode, number>>;

/** A refusal on its way through the library, which answers with these two. */
export class UploadRefused extends Error {
  override name = 'UploadRefused';
  readonly status_code: number;
  readonly body: string;

  constructor(refusal: Refusal, locale: Locale) {
    super(refusal.code);
    this.status_code = statusOf(refusal.code);
    this.body = sentenceOf(refusal, locale);
  }
}

function statusOf(code: RefusalCode): number {
  const known: Partial<Record<RefusalCode, number>> = statuses;
  const status = known[code];
  if (status === undefined) throw new Error(`An upload was refused by ${code}, which has no status here.`);
  return status;
}

/** What the browser shows beside the file. */
function sentenceOf({ code, data }: Refusal, locale: Locale): string {
  const bytes = limits[code];
  const limit = bytes === undefined ? {} : { limit: formatBytes(bytes, locale) };
  return translator(locale)(`refusal.${code}`, { name: '', ...data, ...limit });
}

const limits: Partial<Record<RefusalCode, number>> = {
  'attachment.too-large': conversationLimits.filesBytes,
  'attachment.too-much-waiting': conversationLimits.waitingBytes,
  'upload.part-too-small': smallestPartBytes,
};
