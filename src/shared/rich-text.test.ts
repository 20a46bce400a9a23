import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyDocument, anyText } from '../../tests/support/rich-texts.ts';
import { fromPlainText, groupByLink, isAllowedHref, isBlank, isFormatted, isOwnAddress, type RichText, readHref, targetOf, toPlainText } from './rich-text.ts';

const doc = (...content: RichText['content']): RichText => ({ type: 'doc', content });
const p = (text: string) => ({ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] });

describe('a formatted message as plain text', () => {
  test('lists keep their marks, quotes theirs, links their address', () => {
    const item = (...content: RichText['content']) => ({ type: 'listItem' as const, content });
    const document = doc(
      p('Bonjour,'),
      {
        type: 'bulletList',
        content: [item(p('un')), item(p('deux'), { type: 'orderedList', start: 9, content: [item(p('neuf')), item(p('dix\net demi'))] })],
      },
      { type: 'blockquote', content: [p('cité'), p('encore')] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'notre ', marks: [{ type: 'link', href: 'https://innovactione.example/plan' }] },
          { type: 'text', text: 'plan', marks: [{ type: 'bold' }, { type: 'link', href: 'https://innovactione.example/plan' }] },
          { type: 'hardBreak' },
          { type: 'text', text: 'innovactione.example', marks: [{ type: 'link', href: 'https://innovactione.example/' }] },
        ],
      },
    );
    expect(toPlainText(document)).toBe(
      'Bonjour,\n\n- un\n- deux\n  9. neuf\n  10. dix\n      et demi\n\n> cité\n> \n> encore\n\nnotre plan (https://innovactione.example/plan)\ninnovactione.example',
    );
  });

  test('any text becomes a tree without formatting, and comes back exactly', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.constantFrom('\n', '\n\n', 'a', ' ')), (text, bits) => {
        const typed = text.replaceAll(/\r\n?/gu, '\n') + bits.join('');
        const document = fromPlainText(typed);
        expect(toPlainText(document)).toBe(typed);
        expect(isFormatted(document)).toBe(false);
        expect(isBlank(document)).toBe(typed.trim() === '');
      }),
    );
  });

  test('its length never falls under that of its words', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const words = JSON.stringify(document).match(/"text":"(?:[^"\\]|\\.)*"/gu) ?? [];
        const length = words.reduce((sum, one) => sum + (JSON.parse(`{${one}}`) as { text: string }).text.length, 0); // the property's own shape
        expect(toPlainText(document).length).toBeGreaterThanOrEqual(length);
      }),
    );
  });

  test('empty items, breaks and spaces are nothing written', () => {
    const empty = { type: 'listItem' as const, content: [{ type: 'paragraph' as const }] };
    expect(isBlank(doc({ type: 'bulletList', content: [empty, empty] }, { type: 'blockquote', content: [p(' \u00A0')] }))).toBe(true);
    expect(isBlank(doc({ type: 'bulletList', content: [empty, { type: 'listItem', content: [p('x')] }] }))).toBe(false);
  });
});

describe('links', () => {
  test('pages, mail and telephone numbers are allowed, as they are written', () => {
    for (const href of [
      'https://innovactione.example',
      'http://innovactione.example:8080/a?b=c&d=%20#e',
      'HTTPS://Innovactione.example/L’été',
      'https://fr.wikipedia.org/wiki/L’Oréal_(groupe)',
      'mailto:marie.unetelle@innovactione.example?subject=Plan',
      'tel:+18195550142',
      'tel:819-555-0142',
      'https://[::1]/',
    ]) {
      expect(isAllowedHref(href), href).toBe(true);
    }
  });

  test('what runs, hides, passes for another page or is not absolute is not', () => {
    for (const href of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      ' javascript:alert(1)',
      'java\nscript:alert(1)',
      '\u0001javascript:alert(1)',
      'https://innovactione.example/\u202Egnp.exe',
      'https://innovactione.example/\u200B',
      'https://innovactione.example/a b',
      'https://innovactione.example\\@evil.example',
      'https://innovactione.example@evil.example/',
      'https://x:y@evil.example/',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:msgbox(1)',
      'file:///etc/passwd',
      'blob:https://innovactione.example/1',
      'ftp://innovactione.example/',
      '//evil.example/',
      '/deconnexion',
      '',
      'https:',
      'https:///',
      'https:evil.example',
      'mailto:',
      'mailto:?to=a@b.example',
      'tel:',
      'tel:javascript',
      `https://innovactione.example/${'a'.repeat(2_000)}`,
      'https://innovactione.example/\uD800',
      'https://innovactione.example/"onclick="alert(1)',
      'https://[',
    ]) {
      expect(isAllowedHref(href), href).toBe(false);
    }
  });

  test('what people type is completed, and nothing that runs becomes an address', () => {
    expect(readHref('innovactione.example/plan')).toBe('https://innovactione.example/plan');
    expect(readHref(' https://innovactione.example ')).toBe('https://innovactione.example');
    expect(readHref('https://innovactione.example/un plan.pdf')).toBe('https://innovactione.example/un%20plan.pdf');
    expect(readHref('marie.unetelle@innovactione.example')).toBe('mailto:marie.unetelle@innovactione.example');
    expect(readHref('+1 819 555-0142')).toBe('tel:+1819555-0142');
    expect(readHref('innovactione.example:8080/x')).toBe('https://innovactione.example:8080/x');
    for (const typed of ['', '   ', 'plan', 'javascript:alert(1)', 'javascript:1', 'data:text/html,x', 'a@b@c.example'])
      expect(readHref(typed), typed).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const href = readHref(typed);
        expect(href === undefined || isAllowedHref(href)).toBe(true);
      }),
    );
  });

  test('a link that is partly bold is one link, and says where it leads unless its words do', () => {
    const href = 'https://innovactione.example/';
    const run = (text: string, bold: boolean) => ({
      type: 'text' as const,
      text,
      marks: [...(bold ? [{ type: 'bold' as const }] : []), { type: 'link' as const, href }],
    });
    expect(groupByLink([run('a', true), run('b', false), { type: 'hardBreak' }, run('c', false)]).map((group) => group.inlines.length)).toEqual([2, 1, 1]);
    expect(isOwnAddress('innovactione.example', href)).toBe(true);
    expect(isOwnAddress('https://banque.example', href)).toBe(false);
    expect([targetOf(href), targetOf('mailto:a%20b@c.example'), targetOf('tel:+1819'), targetOf('https://été.example/é')]).toEqual([
      'innovactione.example',
      'a%20b@c.example',
      '+1819',
      'xn--t-9fab.example',
    ]);
  });
});
