import { type RichText, toPlainText } from '#shared/rich-text.ts';

/** What is sealed of a message: its text, or its formatted version, which says the text too. */
export type Body = { text: string; richText?: RichText | undefined };

/**
 * No text ever holds a NUL (`#shared/conversations.ts` refuses it), so that one at the head tells a formatted message from all those
 * written before there were any. Kept inside the seal: the database does not know which is which, and cannot turn one into the other.
 */
const richPrefix = '\0rich-text/1\n';

/** The bytes to seal. */
export function encodeBody({ text, richText }: Body): Buffer {
  if (text.includes('\0')) throw new Error('A text with a NUL is refused before it is sealed');
  return Buffer.from(richText ? richPrefix + JSON.stringify(richText) : text);
}

/** What was sealed. The tree was checked when it was written, and the seal says that nobody has written it since. */
export function decodeBody(bytes: Buffer): Body {
  const content = bytes.toString();
  if (!content.startsWith('\0')) return { text: content };
  if (!content.startsWith(richPrefix)) throw new Error('A message was kept in a form that this Pli does not know');
  const richText = JSON.parse(content.slice(richPrefix.length)) as RichText; // written by encodeBody alone
  return { text: toPlainText(richText), richText };
}
