import fc from 'fast-check';
import { type HTMLElement, NodeType, parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { translator } from '#messages/translate.ts';
import { isAllowedHref, type RichBlock, type RichListItem, type RichText } from '#shared/rich-text.ts';
import type { View } from '#web/layout/view.ts';
import { anyDocument, naughty } from '../../../tests/support/rich-texts.ts';
import { RichDocument } from './rich-document.tsx';
import { RichTextField } from './rich-text.tsx';

// Components use nothing else of a view.
const view = { locale: 'fr-CA', t: translator('fr-CA'), zone: 'America/Toronto', icons: new Set() } as unknown as View;
const html = (document: RichText) => parse(String(<RichDocument view={view} document={document} />));

const allowed: Record<string, string[]> = {
  div: ['class'],
  p: [],
  ul: [],
  ol: ['start'],
  li: [],
  blockquote: [],
  strong: [],
  em: [],
  br: [],
  a: ['href', 'rel', 'target', 'title'],
  span: ['class'],
};

/** Only tags and attributes of ours, links that are allowed and tell the other side nothing. */
function expectOnlyOurs(page: HTMLElement): void {
  expect(page.querySelectorAll('*').flatMap(foreignIn)).toEqual([]);
}

function foreignIn(element: HTMLElement): string[] {
  const tag = element.rawTagName.toLowerCase();
  const foreign = Object.keys(element.attributes).filter((name) => !allowed[tag]?.includes(name));
  if (!(tag in allowed)) foreign.push(tag);
  if (tag === 'a' && !(isAllowedHref(element.getAttribute('href') ?? '') && element.getAttribute('rel') === 'noopener noreferrer')) foreign.push('link');
  if (element.childNodes.some((node) => node.nodeType === NodeType.COMMENT_NODE)) foreign.push('comment');
  return foreign;
}

/** What a person wrote, without what we say beside links. */
function wordsOf(page: HTMLElement): string {
  for (const said of page.querySelectorAll('a > span')) said.remove();
  return page.text;
}

function textsOf(node: RichText | RichBlock | RichListItem): string {
  if (node.type !== 'paragraph') return node.content.map((child: RichBlock | RichListItem) => textsOf(child)).join('');
  return (node.content ?? []).map((inline) => (inline.type === 'text' ? inline.text : '\n')).join('');
}

describe('a formatted message on the page', () => {
  test('any tree becomes tags and attributes of ours alone, and its words come back exactly', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const page = html(document);
        expectOnlyOurs(page);
        expect(wordsOf(page)).toBe(textsOf(document));
      }),
      { numRuns: 100 },
    );
  });

  test('strings that break programs stay words, in texts and in links', () => {
    for (const string of naughty) {
      const marks = [{ type: 'bold' as const }, { type: 'italic' as const }, { type: 'link' as const, href: 'https://innovactione.example/' }];
      const page = html({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: string, marks }] }] });
      expectOnlyOurs(page);
      expect(wordsOf(page), string).toBe(string);
    }
  });

  test('a link that should never have been kept is not one', () => {
    const content = [{ type: 'text' as const, text: 'ici', marks: [{ type: 'link' as const, href: 'javascript:alert(1)' }] }];
    expect(html({ type: 'doc', content: [{ type: 'paragraph', content }] }).toString()).toBe('<div class="rich"><p>ici</p></div>');
  });

  test('a link says where it leads when its words do not, and that it opens beside', () => {
    const link = (text: string, href: string) =>
      html({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'link', href }] }] }] }).text.replaceAll(
        '\u00A0',
        ' ',
      );
    expect(link('https://banque.example', 'https://evil.example/x')).toBe('https://banque.example (evil.example) (nouvelle fenêtre)');
    expect(link('innovactione.example', 'https://innovactione.example/')).toBe('innovactione.example (nouvelle fenêtre)');
    expect(link('Marie', 'mailto:marie.unetelle@innovactione.example')).toBe('Marie (marie.unetelle@innovactione.example)');
  });

  test('lists keep their first number, empty lines only part', () => {
    const item: RichListItem = { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] };
    const page = html({
      type: 'doc',
      content: [{ type: 'orderedList', start: 0, content: [item] }, { type: 'paragraph' }, { type: 'orderedList', content: [item] }],
    });
    expect(page.toString()).toBe('<div class="rich"><ol start="0"><li><p>x</p></li></ol><ol><li><p>x</p></li></ol></div>');
  });
});

describe('the place to write', () => {
  test('000-54: a textarea named «Message» for browsers without scripts; the toolbar waits, named, one stop of the Tab key', () => {
    const document: RichText = { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: '"><script>', marks: [{ type: 'bold' }] }] }] };
    const page = parse(
      String(
        <RichTextField view={view} id="message" name="message" label="Message" richName="message-riche" value={'\n"><b>'} document={document} error="Vide." />,
      ),
    );
    const textarea = page.querySelector('textarea');
    expect([textarea?.id, textarea?.getAttribute('name'), textarea?.getAttribute('aria-describedby')]).toEqual(['message', 'message', 'message-error']);
    expect(page.querySelector('label')?.getAttribute('for')).toBe('message');
    expect(textarea?.innerHTML).toBe('\n\n&quot;&gt;&lt;b&gt;');
    const rich = page.querySelector('rich-text');
    expect(JSON.parse(rich?.getAttribute('data-document') ?? '')).toEqual(document);
    const toolbar = page.querySelector('[role=toolbar]');
    expect([toolbar?.getAttribute('aria-label'), toolbar?.hasAttribute('hidden')]).toEqual(['Mise en forme', true]);
    const buttons = page.querySelectorAll('[role=toolbar] button');
    expect(buttons.map((button) => [button.getAttribute('aria-label'), button.getAttribute('aria-pressed'), button.getAttribute('tabindex')])).toEqual([
      ['Gras', 'false', '0'],
      ['Italique', 'false', '-1'],
      ['Liste à puces', 'false', '-1'],
      ['Liste numérotée', 'false', '-1'],
      ['Citation', 'false', '-1'],
      ['Lien', 'false', '-1'],
      ['Annuler la frappe', undefined, '-1'],
      ['Rétablir la frappe', undefined, '-1'],
    ]);
    // Nothing of the formatted version is sent by a browser that cannot change it.
    expect(page.querySelectorAll('[name]').map((field) => field.getAttribute('name'))).toEqual(['message']);
    expect(page.querySelectorAll('button').every((button) => button.getAttribute('type') === 'button')).toBe(true);
  });
});
