import fc from 'fast-check';
import type { RichBlock, RichInline, RichListItem, RichMark, RichText } from '../../src/shared/rich-text.ts';

/** Strings that have broken programs, in the manner of the Big List of Naughty Strings. */
export const naughty = [
  'undefined',
  'NULL',
  '1e309',
  '-0',
  '😀👨‍👩‍👧‍👦🇨🇦',
  'e\u0301\u0327',
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞',
  '\u202Etxet\u202C',
  '\u2028\u2029\u0085\u00A0\u200B\uFEFF',
  '﷽﷽﷽',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\'"`<!--<![CDATA[]]>--!>&amp;&lt;&#0;&#x3C;',
  '</p></li></textarea></title></style><svg onload=alert(1)>',
  '{{7*7}}#{7*7}<%= 7*7 %>',
  'javascript:alert(1)',
  '\u0001\u0008\u001B[31m\u007F',
  "'; drop table messages; --",
  '../../../../etc/passwd%00',
  '\uFFFE\uFFFF\u{1FFFF}',
  '\\u0000\\x00%00',
  '﻿0️⃣',
  '\t  deux  espaces\t',
] as const;

/** Any text that a message may hold: no NUL, no half character, line ends as `\n`. */
export const anyText = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom(...naughty))
  .map((text) => text.toWellFormed().replaceAll('\0', '').replaceAll(/\r\n?/gu, '\n'));

const href = fc.constantFrom(
  'https://innovactione.example/plan?a=1&b=2#c',
  'http://été.example/é',
  'mailto:marie.unetelle@innovactione.example',
  'tel:+18195550142',
  "https://fr.wikipedia.org/wiki/L'Oréal_(groupe)",
);
const marks: fc.Arbitrary<RichMark[]> = fc
  .record({ bold: fc.boolean(), italic: fc.boolean(), link: fc.option(href, { nil: undefined }) })
  .map(({ bold, italic, link }) => [
    ...(bold ? [{ type: 'bold' as const }] : []),
    ...(italic ? [{ type: 'italic' as const }] : []),
    ...(link ? [{ type: 'link' as const, href: link }] : []),
  ]);
const inline: fc.Arbitrary<RichInline> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(anyText, marks)
      .map(([text, list]): RichInline => (list.length > 0 ? { type: 'text', text: text || 'x', marks: list } : { type: 'text', text: text || 'x' })),
  },
  { weight: 1, arbitrary: fc.constant<RichInline>({ type: 'hardBreak' }) },
);
const paragraph: fc.Arbitrary<RichBlock> = fc
  .array(inline, { maxLength: 4 })
  .map((content) => (content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }));

const { block } = fc.letrec<{ block: RichBlock; item: RichListItem }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: paragraph },
    { weight: 1, arbitrary: fc.array(tie('item'), { minLength: 1, maxLength: 3 }).map((content): RichBlock => ({ type: 'bulletList', content })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.option(fc.integer({ min: 0, max: 99_999 }), { nil: undefined }), fc.array(tie('item'), { minLength: 1, maxLength: 3 }))
        .map(([start, content]): RichBlock => (start === undefined ? { type: 'orderedList', content } : { type: 'orderedList', start, content })),
    },
    { weight: 1, arbitrary: fc.array(tie('block'), { minLength: 1, maxLength: 3 }).map((content): RichBlock => ({ type: 'blockquote', content })) },
  ),
  item: fc.tuple(paragraph, fc.array(tie('block'), { maxLength: 2 })).map(([first, rest]): RichListItem => ({ type: 'listItem', content: [first, ...rest] })),
}));

/** A formatted message such as the editor makes them, within the limits of depth. */
export const anyDocument: fc.Arbitrary<RichText> = fc.array(block, { minLength: 1, maxLength: 5 }).map((content) => ({ type: 'doc', content }));
