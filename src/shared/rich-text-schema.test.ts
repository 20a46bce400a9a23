import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument, naughty } from '../../tests/support/rich-texts.ts';
import { readNewMessage, richTextField } from './conversations.ts';
import { type RichText, richTextLimits, toPlainText } from './rich-text.ts';
import { readRichText } from './rich-text-schema.ts';

const read = (tree: unknown) => readRichText(JSON.stringify(tree));
const codeOf = (tree: unknown) => {
  const result = read(tree);
  return result.ok ? 'taken' : result.fault.code;
};
const doc = (...content: unknown[]) => ({ type: 'doc', content });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const text = (value: unknown, ...marks: unknown[]) => (marks.length > 0 ? { type: 'text', text: value, marks } : { type: 'text', text: value });

describe('a tree that is ours', () => {
  test('is read back exactly as it was sent', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(read(document)).toEqual({ ok: true, value: document });
      }),
    );
  });

  test('whatever strings it holds', () => {
    for (const string of naughty) {
      const document = doc(p(text(string, { type: 'bold' })), { type: 'bulletList', content: [{ type: 'listItem', content: [p(text(string))] }] });
      expect(read(document), string).toEqual({ ok: true, value: document });
    }
  });

  test('line ends become those of a text', () => {
    expect(read(doc(p(text('a\r\nb\rc'))))).toEqual({ ok: true, value: doc(p(text('a\nb\nc'))) });
  });
});

describe('a tree that is not ours is refused whole', () => {
  const item = (content: unknown) => ({ type: 'listItem', content });
  test.each([
    ['no tree', 'x'],
    ['null', null],
    ['an array', []],
    ['no content', { type: 'doc' }],
    ['nothing in it', doc()],
    ['another root', { type: 'paragraph' }],
    ['an attribute of the root', { ...doc(p()), attrs: {} }],
    ['a heading', doc({ type: 'heading', attrs: { level: 1 }, content: [text('x')] })],
    ['a picture', doc(p({ type: 'image', attrs: { src: 'https://evil.example/' } }))],
    ['markup', doc({ type: 'html', content: '<script>' })],
    ['a text outside of a paragraph', doc(text('x'))],
    ['a paragraph in a paragraph', doc(p(p()))],
    ['an item without its list', doc(item([p()]))],
    ['a list of paragraphs', doc({ type: 'bulletList', content: [p()] })],
    ['an empty list', doc({ type: 'bulletList', content: [] })],
    ['an item that begins with a list', doc({ type: 'bulletList', content: [item([{ type: 'bulletList', content: [item([p()])] }])] })],
    ['an attribute of a paragraph', doc({ ...p(text('x')), class: 'x' })],
    ['a style', doc({ ...p(text('x')), attrs: { style: 'position:fixed' } })],
    ['a start that is no number', doc({ type: 'orderedList', start: '1"onclick="x', content: [item([p()])] })],
    ['a start out of range', doc({ type: 'orderedList', start: 1e9, content: [item([p()])] })],
    ['an empty text', doc(p(text('')))],
    ['a text that is no string', doc(p(text({ toString: 'x' })))],
    ['an unknown mark', doc(p(text('x', { type: 'underline' })))],
    ['the same mark twice', doc(p(text('x', { type: 'bold' }, { type: 'bold' })))],
    ['no mark in a list of marks', doc(p({ type: 'text', text: 'x', marks: [] }))],
    ['an attribute of a mark', doc(p(text('x', { type: 'bold', onclick: 'x' })))],
    ['an attribute of a link', doc(p(text('x', { type: 'link', href: 'https://innovactione.example/', target: '_top' })))],
    ['a link as the editor keeps it', doc(p(text('x', { type: 'link', attrs: { href: 'https://innovactione.example/' } })))],
    ['a link without an address', doc(p(text('x', { type: 'link' })))],
    ['marks on a break', doc(p({ type: 'hardBreak', marks: [{ type: 'bold' }] }))],
    ['a name of the prototype', JSON.parse('{"type":"doc","content":[{"type":"paragraph"}],"__proto__":{"x":1}}')],
  ])('%s', (_what, tree) => {
    expect(codeOf(tree)).toBe('message.formatting-refused');
  });

  test('what is no JSON', () => {
    for (const json of ['', '{', 'undefined', '{"type":"doc"', '\0', '1e999', '"doc"']) expect(readRichText(json).ok, json).toBe(false);
  });

  test('any other JSON, without ever failing', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(readRichText(json).ok).toBe(false);
      }),
    );
  });

  test('a NUL and half a character', () => {
    for (const bad of ['a\0b', 'a\uD800', '\uDC00b']) expect(codeOf(doc(p(text(bad))))).toBe('text.unreadable');
  });

  test('addresses that run or hide, named in the fault without what could not be shown', () => {
    const link = (href: string) => read(doc({ type: 'blockquote', content: [p(text('x', { type: 'link', href }))] }));
    expect(link('javascript:alert(1)')).toEqual({ ok: false, fault: { code: 'message.link-refused', address: 'javascript:alert(1)' } });
    expect(link(`data:\u202E\uD800${'x'.repeat(5_000)}`)).toMatchObject({ fault: { address: expect.stringMatching(/^data:\uFFFDx{74}$/u) } });
  });

  test('too deep, too many, too long to count: an answer, and quickly', () => {
    const nested = (levels: number) => {
      let tree: unknown = p(text('x'));
      for (let level = 0; level < levels; level++) tree = { type: 'blockquote', content: [tree] };
      return doc(tree);
    };
    expect(codeOf(nested(richTextLimits.depth - 2))).toBe('taken');
    expect(codeOf(nested(richTextLimits.depth - 1))).toBe('message.formatting-too-large');
    const levels = 30_000;
    const endless = `{"type":"doc","content":[${'{"type":"blockquote","content":['.repeat(levels)}${']}'.repeat(levels)}]}`;
    expect(readRichText(endless)).toMatchObject({ fault: { code: 'message.formatting-too-large' } });
    expect(readRichText('['.repeat(500_000)).ok).toBe(false);
    expect(codeOf(doc(...Array.from({ length: richTextLimits.nodes }, () => ({ type: 'paragraph' }))))).toBe('message.formatting-too-large');
    expect(codeOf(doc(...Array.from({ length: richTextLimits.nodes - 1 }, () => ({ type: 'paragraph' }))))).toBe('taken');
  });
});

describe('the form', () => {
  const form = (tree: unknown, message = 'autre chose') => readNewMessage({ message, [richTextField]: JSON.stringify(tree) }, []);

  test('the formatted version decides: the text is made from it', () => {
    const document = doc(p(text('gras', { type: 'bold' })));
    expect(form(document)).toEqual({ ok: true, value: { message: 'gras', richText: document, uploadIds: [], postKey: '' } });
  });

  test('formatting that says nothing more is not kept', () => {
    expect(form(doc(p(text('a'), { type: 'hardBreak' }, text('b')), p()))).toMatchObject({ value: { message: 'a\nb\n\n', richText: undefined } });
  });

  test('an empty document is an empty message, whatever the plain field says', () => {
    const empty = doc({ type: 'bulletList', content: [{ type: 'listItem', content: [p(text('  '))] }] });
    expect(form(empty)).toMatchObject({ faults: [{ field: 'message', code: 'message.empty' }] });
  });

  test('the limit counts its text', () => {
    expect(form(doc(p(text('x'.repeat(50_001), { type: 'bold' }))))).toMatchObject({ faults: [{ code: 'message.too-long', data: { count: 50_001 } }] });
    expect(form(doc(p(text('x'.repeat(50_000), { type: 'bold' })))).ok).toBe(true);
  });

  test('a refused tree is one fault of the message, and hides no other', () => {
    const read = readNewMessage(
      { message: 'x', [richTextField]: '{}' },
      Array.from({ length: 51 }, () => 'x'),
    );
    expect(read).toMatchObject({ faults: [{ field: 'message', code: 'message.formatting-refused' }, { code: 'attachment.too-many' }] });
  });

  test('any document gives a text that a plain message may hold', () => {
    fc.assert(
      fc.property(anyDocument, (document: RichText) => {
        const plain = readNewMessage({ message: `x${toPlainText(document)}` }, []);
        expect(plain.ok).toBe(true);
      }),
    );
  });
});
