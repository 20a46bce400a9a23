import type { JSONContent } from '@tiptap/core';
import { isAllowedHref, type RichBlock, type RichInline, type RichListItem, type RichMark, type RichText, richTextLimits } from '#shared/rich-text.ts';

/** The tree of a message as the editor holds it, in the editor's own words. */
export function toEditor(document: RichText): JSONContent {
  return { type: 'doc', content: document.content.map(nodeOf) };
}

function nodeOf(node: RichBlock | RichListItem | RichInline): JSONContent {
  if (node.type === 'hardBreak') return { type: 'hardBreak' };
  if (node.type === 'text') return { type: 'text', text: node.text, marks: (node.marks ?? []).map(markOf) };
  const content = (node.content ?? []).map((child: RichBlock | RichListItem | RichInline) => nodeOf(child));
  return node.type === 'orderedList' ? { type: node.type, attrs: { start: node.start ?? 1 }, content } : { type: node.type, content };
}

function markOf(mark: RichMark): { type: string; attrs?: Record<string, string> } {
  return mark.type === 'link' ? { type: 'link', attrs: { href: mark.href } } : { type: mark.type };
}

/** What the editor holds, as the server takes it: our nodes and marks, and not one attribute more. */
export function fromEditor(json: JSONContent): RichText {
  return { type: 'doc', content: blocksOf(json) };
}

function blocksOf(node: JSONContent): RichBlock[] {
  const blocks = (node.content ?? []).map(blockOf);
  return blocks.length > 0 ? blocks : [{ type: 'paragraph' }];
}

function blockOf(node: JSONContent): RichBlock {
  switch (node.type) {
    case 'blockquote':
      return { type: 'blockquote', content: blocksOf(node) };
    case 'bulletList':
      return { type: 'bulletList', content: itemsOf(node) };
    case 'orderedList': {
      const start = startOf(node);
      return start === 1 ? { type: 'orderedList', content: itemsOf(node) } : { type: 'orderedList', start, content: itemsOf(node) };
    }
    default: {
      const content = (node.content ?? []).map(inlineOf);
      return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' };
    }
  }
}

function itemsOf(list: JSONContent): RichListItem[] {
  return (list.content ?? []).map((item) => ({ type: 'listItem', content: blocksOf(item) }));
}

/** A pasted list may begin anywhere; ours counts from 0 to a limit. */
function startOf(list: JSONContent): number {
  const start: unknown = list.attrs?.start;
  return typeof start === 'number' && Number.isInteger(start) && start >= 0 && start <= richTextLimits.start ? start : 1;
}

function inlineOf(node: JSONContent): RichInline {
  if (node.type === 'hardBreak') return { type: 'hardBreak' };
  const marks = (node.marks ?? []).flatMap(({ type, attrs }): RichMark[] => {
    if (type === 'bold' || type === 'italic') return [{ type }];
    const href: unknown = attrs?.href;
    return type === 'link' && typeof href === 'string' && isAllowedHref(href) ? [{ type, href }] : [];
  });
  // A NUL or half a character cannot be kept, and nobody has typed one.
  const text = (node.text ?? '').toWellFormed().replaceAll('\0', '\uFFFD');
  return marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text };
}
