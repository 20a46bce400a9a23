import {
  groupByLink,
  isAllowedHref,
  isOwnAddress,
  type LinkGroup,
  type RichBlock,
  type RichInline,
  type RichListItem,
  type RichText,
  targetOf,
} from '#shared/rich-text.ts';
import type { View } from '#web/layout/view.ts';

/**
 * A formatted message as a page: our own tree, tag by tag. There is no other way from what somebody wrote to HTML, and none of it is markup
 * they sent.
 */
export function RichDocument({ view, document }: { view: View; document: RichText }) {
  return (
    <div class="rich">
      {document.content.map((block) => (
        <Block view={view} block={block} />
      ))}
    </div>
  );
}

function Block({ view, block }: { view: View; block: RichBlock }) {
  switch (block.type) {
    case 'paragraph':
      // As in a plain text, an empty line only parts what is around it.
      return block.content?.length ? (
        <p>
          <Inlines view={view} content={block.content} />
        </p>
      ) : null;
    case 'blockquote':
      return (
        <blockquote>
          {block.content.map((inner) => (
            <Block view={view} block={inner} />
          ))}
        </blockquote>
      );
    case 'bulletList':
      return (
        <ul>
          <Items view={view} items={block.content} />
        </ul>
      );
    case 'orderedList':
      return (
        <ol start={block.start}>
          <Items view={view} items={block.content} />
        </ol>
      );
  }
}

function Items({ view, items }: { view: View; items: readonly RichListItem[] }) {
  return (
    <>
      {items.map((item) => (
        <li>
          {item.content.map((block) => (
            <Block view={view} block={block} />
          ))}
        </li>
      ))}
    </>
  );
}

function Inlines({ view, content }: { view: View; content: readonly RichInline[] }) {
  return (
    <>
      {groupByLink(content).map((group) => (
        <Group view={view} group={group} />
      ))}
    </>
  );
}

/** A link opens beside the conversation, tells the other side nothing, and says where it leads when its words do not. */
function Group({ view, group: { href, inlines } }: { view: View; group: LinkGroup }) {
  const words = inlines.map((inline) => <Inline inline={inline} />);
  // Checked when it was written; said again where it could do harm.
  if (href === undefined || !isAllowedHref(href)) return <>{words}</>;
  const text = inlines.map((inline) => (inline.type === 'text' ? inline.text : ' ')).join('');
  const isPage = /^https?:/iu.test(href);
  return (
    <a href={href} rel="noopener noreferrer" target={isPage ? '_blank' : undefined} title={href}>
      {words}
      {!isOwnAddress(text, href) && <span class="to">{` (${targetOf(href)})`}</span>}
      {isPage && <span class="sr">{` ${view.t('kit.rich.new-window')}`}</span>}
    </a>
  );
}

function Inline({ inline }: { inline: RichInline }) {
  if (inline.type === 'hardBreak') return <br />;
  const has = (type: 'bold' | 'italic') => inline.marks?.some((mark) => mark.type === type);
  const italic = has('italic') ? <em>{inline.text}</em> : inline.text;
  return has('bold') ? <strong>{italic}</strong> : italic;
}
