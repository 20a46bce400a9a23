import { z } from 'zod';
import { isAllowedHref, type RichBlock, type RichInline, type RichListItem, type RichText, richTextLimits } from './rich-text.ts';

/** Why a tree is not taken. `message.link-refused` comes with the address, shortened. */
export type RichTextFault = {
  code: 'message.formatting-refused' | 'message.formatting-too-large' | 'message.link-refused' | 'text.unreadable';
  address?: string;
};

type Read = { ok: true; value: RichText } | { ok: false; fault: RichTextFault };

/**
 * Reads a formatted message as a form posted it (JSON), strictly: a node, a mark or an attribute that is not ours refuses the whole. What is
 * returned is exactly what was sent, but for the ends of lines, which become `\n`.
 */
export function readRichText(json: string): Read {
  const tree = parsed(json);
  if (tree === undefined) return refused('message.formatting-refused');
  // Before anything recursive looks at it.
  if (!isBounded(tree)) return refused('message.formatting-too-large');
  const read = documentSchema.safeParse(tree);
  if (!read.success) return refused(read.error.issues.some(({ message }) => message === unreadable) ? 'text.unreadable' : 'message.formatting-refused');
  const address = findRefusedHref(read.data);
  if (address !== undefined) return { ok: false, fault: { code: 'message.link-refused', address: shortened(address) } };
  return { ok: true, value: read.data };
}

function refused(code: RichTextFault['code']): Read {
  return { ok: false, fault: { code } };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Counts without recursion: whoever sends a million brackets gets an answer, not a stack overflow. */
function isBounded(tree: unknown): boolean {
  const waiting: { node: unknown; depth: number }[] = [{ node: tree, depth: 0 }];
  let nodes = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    nodes += 1;
    if (nodes > richTextLimits.nodes || next.depth > richTextLimits.depth) return false;
    if (typeof next.node !== 'object' || next.node === null || !('content' in next.node)) continue;
    const { content } = next.node;
    if (!Array.isArray(content)) continue;
    if (content.length > richTextLimits.nodes) return false;
    for (const node of content) waiting.push({ node, depth: next.depth + 1 });
  }
  return true;
}

const unreadable = 'unreadable';

/** The same rule as for a text typed without formatting. */
const text = z
  .string()
  .min(1)
  .refine((typed) => typed.isWellFormed() && !typed.includes('\0'), unreadable)
  .transform((typed) => typed.replaceAll(/\r\n?/gu, '\n'));

const mark = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('bold') }),
  z.strictObject({ type: z.literal('italic') }),
  z.strictObject({ type: z.literal('link'), href: z.string() }),
]);
/** Each at most once: three marks exist. */
const marks = z
  .array(mark)
  .min(1)
  .max(3)
  .refine((list) => new Set(list.map(({ type }) => type)).size === list.length);

const inline = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text, marks: marks.optional() }),
  z.strictObject({ type: z.literal('hardBreak') }),
]);

const paragraph = z.strictObject({ type: z.literal('paragraph'), content: z.array(inline).optional() });

const block: z.ZodType<RichBlock> = z.lazy(() => z.discriminatedUnion('type', [paragraph, quote, bulletList, orderedList]));
const blocks = z.array(block).min(1);
/** An item begins with its own words, as in the editor; what hangs under it comes after. */
const item = z.strictObject({ type: z.literal('listItem'), content: blocks.refine(([first]) => first?.type === 'paragraph') });
const items = z.array(item).min(1);
const quote = z.strictObject({ type: z.literal('blockquote'), content: blocks });
const bulletList = z.strictObject({ type: z.literal('bulletList'), content: items });
const orderedList = z.strictObject({
  type: z.literal('orderedList'),
  start: z.int().min(0).max(richTextLimits.start).optional(),
  content: items,
});
const documentSchema = z.strictObject({ type: z.literal('doc'), content: blocks });

function findRefusedHref(document: RichText): string | undefined {
  const inBlock = (node: RichBlock | RichListItem): string | undefined => {
    if (node.type === 'paragraph') return (node.content ?? []).map(inInline).find((href) => href !== undefined);
    return node.content.map((child: RichBlock | RichListItem) => inBlock(child)).find((href) => href !== undefined);
  };
  const inInline = (node: RichInline) => {
    const link = node.type === 'text' ? node.marks?.find((one) => one.type === 'link') : undefined;
    return link && !isAllowedHref(link.href) ? link.href : undefined;
  };
  return document.content.map(inBlock).find((href) => href !== undefined);
}

/** Enough to recognise it in a sentence; nothing that the sentence could not hold. */
function shortened(address: string): string {
  return address
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .slice(0, 80);
}
