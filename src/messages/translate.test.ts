import { describe, expect, test } from 'vitest';
import { type Catalogue, verbatim } from './catalogue.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { frFR } from './fr-france.ts';
import { isMessageKey, type MessageKey, makeTranslator, translator } from './translate.ts';

const sentences = {
  'kit.pager.range': '{from} à {to} sur {total}',
  'kit.count.unread': { one: '{count} message', other: '{count} messages' },
  'kit.toast.success': verbatim("C'est mon appareil?"),
  'kit.files.remove': 'Retirer {file}?',
} satisfies Catalogue;

describe('translator', () => {
  test('values are put in as they are, never typeset', () => {
    const t = makeTranslator(sentences, 'fr-FR');
    expect(t('kit.files.remove', { file: "l'an 2: quoi?.pdf" })).toBe("Retirer l'an 2: quoi?.pdf\u00A0?");
  });

  test('the plural follows the language: zero is singular in French, plural in English', () => {
    expect(makeTranslator(sentences, 'fr-CA')('kit.count.unread', { count: 0 })).toBe('0 message');
    expect(makeTranslator(sentences, 'en')('kit.count.unread', { count: 0 })).toBe('0 messages');
    expect(makeTranslator(sentences, 'fr-CA')('kit.count.unread', { count: 2 })).toBe('2 messages');
  });

  test('thousands are set apart from five figures up', () => {
    expect(makeTranslator(sentences, 'fr-CA')('kit.pager.range', { from: 9991, to: 10000, total: 1234567 })).toBe('9991 à 10\u00A0000 sur 1\u00A0234\u00A0567');
    expect(makeTranslator(sentences, 'en')('kit.pager.range', { from: 1, to: 2026, total: 10000 })).toContain('10,000');
  });

  test('a label of the contract is copied to the letter', () => {
    expect(makeTranslator(sentences, 'fr-FR')('kit.toast.success')).toBe("C'est mon appareil?");
  });

  test('a forgotten value stays visible, an unknown key is a breakdown', () => {
    const t = makeTranslator(sentences, 'fr-CA');
    expect(t('kit.files.remove')).toBe('Retirer {file}?');
    expect(() => t('kit.dialog.close')).toThrow('kit.dialog.close');
  });

  test('rich sentences give their pieces in order', () => {
    const link = { piece: 'link' };
    expect(makeTranslator(sentences, 'fr-CA').rich('kit.files.remove', { file: link })).toEqual(['Retirer ', link, '?']);
  });

  test('only our own keys pass for keys', () => {
    expect(isMessageKey('kit.toast.success')).toBe(true);
    expect(isMessageKey('constructor')).toBe(false);
  });
});

describe('catalogues', () => {
  const keys = Object.keys(fr) as MessageKey[]; // the keys of the catalogue itself

  test('French and English hold the same keys and the same values to fill in', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    for (const key of keys) expect([key, placeholders(en[key])]).toEqual([key, placeholders(fr[key])]);
    for (const [key, entry] of Object.entries(frFR)) expect([key, placeholders(entry)]).toEqual([key, placeholders(fr[key as MessageKey])]);
  });

  test('no sentence is empty, holds markup, or types the spaces that typography puts', () => {
    for (const catalogue of [fr, en, frFR]) {
      for (const [key, entry] of Object.entries(catalogue)) {
        const text = JSON.stringify(entry);
        expect([key, text.length > 2]).toEqual([key, true]);
        expect([key, /<\/?[a-z]+|&[a-z]+;|[\u00A0\u202F]/.test(text)]).toEqual([key, false]);
      }
    }
  });

  test('the three languages can be loaded whole', () => {
    for (const locale of ['fr-CA', 'fr-FR', 'en'] as const) expect(translator(locale)('kit.toast.success')).toBeTruthy();
  });
});

/** The names used by any form of an entry: a singular may leave the count out. */
function placeholders(entry: unknown): string[] {
  return [...new Set(JSON.stringify(entry).match(/\{\w+\}/g) ?? [])].sort();
}
