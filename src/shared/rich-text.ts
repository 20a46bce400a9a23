/**
 * A formatted message: a small tree of our own, shaped like the editor's JSON. Nothing but what is written here exists in it, and
 * `readRichText` (rich-text-schema.ts) refuses anything else before it is kept.
 */
export type RichText = { type: 'doc'; content: RichBlock[] };
export type RichBlock = RichParagraph | RichList | RichQuote;
export type RichParagraph = { type: 'paragraph'; content?: RichInline[] | undefined };
export type RichQuote = { type: 'blockquote'; content: RichBlock[] };
/** `start`: the number of the first item of a numbered list, when it is not 1. */
export type RichList = { type: 'bulletList'; content: RichListItem[] } | { type: 'orderedList'; start?: number | undefined; content: RichListItem[] };
export type RichListItem = { type: 'listItem'; content: RichBlock[] };
export type RichInline = RichRun | { type: 'hardBreak' };
export type RichRun = { type: 'text'; text: string; marks?: RichMark[] | undefined };
export type RichMark = { type: 'bold' } | { type: 'italic' } | { type: 'link'; href: string };

/** Levels under the document (a list and its item are two), nodes in all, code units of one address, the largest first number of a list. */
export const richTextLimits = { depth: 20, nodes: 20_000, href: 2_000, start: 99_999 } as const;

/** Whether formatting says something that the text alone does not: without it, the text is kept and nothing else. */
export function isFormatted(document: RichText): boolean {
  return document.content.some((block) => block.type !== 'paragraph' || (block.content ?? []).some((inline) => inline.type === 'text' && inline.marks?.length));
}

/** Whether nothing is written in it: breaks, empty items and spaces are not a message. */
export function isBlank(document: RichText): boolean {
  const blank = (block: RichBlock | RichListItem): boolean =>
    block.type === 'paragraph'
      ? (block.content ?? []).every((inline) => inline.type === 'hardBreak' || inline.text.trim() === '')
      : block.content.every((child: RichBlock | RichListItem) => blank(child));
  return document.content.every(blank);
}

/**
 * The same message without formatting, for where there is none: the plain field of the form, browsers without scripts, limits. Lists keep
 * their marks, quotes their «> », links their address when it is not what is written.
 */
export function toPlainText(document: RichText): string {
  return document.content.map(blockText).join('\n\n');
}

/** Text typed without formatting, as a tree. `toPlainText` gives exactly the same text back. */
export function fromPlainText(text: string): RichText {
  return { type: 'doc', content: text.split('\n\n').map(paragraphOf) };
}

function paragraphOf(text: string): RichParagraph {
  const content = text.split('\n').flatMap((line, index): RichInline[] => {
    const run: RichInline[] = line === '' ? [] : [{ type: 'text', text: line }];
    return index === 0 ? run : [{ type: 'hardBreak' }, ...run];
  });
  return content.length === 0 ? { type: 'paragraph' } : { type: 'paragraph', content };
}

function blockText(block: RichBlock): string {
  if (block.type === 'paragraph')
    return groupByLink(block.content ?? [])
      .map(groupText)
      .join('');
  if (block.type === 'blockquote') return prefixed(block.content.map(blockText).join('\n\n'), '> ', '> ');
  const first = block.type === 'orderedList' ? (block.start ?? 1) : undefined;
  return block.content
    .map((item, index) => {
      const mark = first === undefined ? '- ' : `${first + index}. `;
      return prefixed(item.content.map(blockText).join('\n'), mark, ' '.repeat(mark.length));
    })
    .join('\n');
}

function prefixed(text: string, first: string, next: string): string {
  return text
    .split('\n')
    .map((line, index) => `${index === 0 ? first : next}${line}`)
    .join('\n');
}

function groupText({ href, inlines }: LinkGroup): string {
  const text = inlines.map((inline) => (inline.type === 'text' ? inline.text : '\n')).join('');
  return href === undefined || isOwnAddress(text, href) ? text : `${text} (${href})`;
}

/** What stands side by side under one link, or under none. */
export type LinkGroup = { href: string | undefined; inlines: RichInline[] };

/** A link whose words are partly bold is several runs and one link. */
export function groupByLink(content: readonly RichInline[]): LinkGroup[] {
  const groups: LinkGroup[] = [];
  for (const inline of content) {
    const href = inline.type === 'text' ? inline.marks?.find((mark) => mark.type === 'link')?.href : undefined;
    const last = groups.at(-1);
    if (last && last.href === href) last.inlines.push(inline);
    else groups.push({ href, inlines: [inline] });
  }
  return groups;
}

/** Whether a link's words are its address already, with or without what programs put before it. */
export function isOwnAddress(text: string, href: string): boolean {
  const bare = (address: string) => address.replace(/^(?:https?:\/\/|mailto:|tel:)/iu, '').replace(/\/$/u, '');
  return text === href || bare(text) === bare(href);
}

/** Where a link leads, short enough to stand beside it: the host of a page (in its ASCII form), an address, a number. Nothing is decoded. */
export function targetOf(href: string): string {
  const url = new URL(href);
  return url.host === '' ? url.pathname : url.host;
}

/**
 * The addresses a message may lead to: pages, mail and telephone numbers, absolute, written as browsers read them. Nothing that runs
 * (`javascript:`, `data:`), nothing invisible or turned around, no name before the host, which is how a page passes for another one.
 */
export function isAllowedHref(href: string): boolean {
  // Spaces, controls, invisible and unpaired characters, and those that every browser writes otherwise in an address.
  if (href.length > richTextLimits.href || /[\s\p{C}\\"<>`]/u.test(href)) return false;
  if (!/^(?:https?:\/\/[^/?#]|mailto:[^?@]+@[^?@]|tel:\+?[0-9])/iu.test(href) || !URL.canParse(href)) return false;
  const { protocol, username, password, pathname } = new URL(href);
  return protocol === 'tel:' ? /^\+?[-0-9.()]{2,40}$/u.test(pathname) : username === '' && password === '';
}

/** What somebody typed or pasted as the address of a link, completed; undefined when it cannot become one. */
export function readHref(typed: string): string | undefined {
  const text = typed.trim();
  if (isAllowedHref(text)) return text;
  const tried = [text, ...(/^[^\s/:?#@]+@[^\s/:?#@]+$/u.test(text) ? [`mailto:${text}`] : []), ...phone(text), ...page(text)];
  for (const candidate of tried) {
    const href = URL.canParse(candidate) ? new URL(candidate).href : '';
    if (isAllowedHref(href)) return href;
  }
  return undefined;
}

function phone(text: string): string[] {
  return /^\+?[-0-9. ()]{5,30}$/u.test(text) ? [`tel:${text.replace(/[ ]/gu, '')}`] : [];
}

/** `innovactione.example/plan`, as people write it. */
function page(text: string): string[] {
  return /^[^\s/:?#@]+\.[^\s/:?#@.]+(?::\d+)?(?:[/?#]|$)/u.test(text) ? [`https://${text}`] : [];
}
