import { describe, expect, test } from 'vitest';
import { typeset } from './typography.ts';

describe('typography', () => {
  test('French of Québec keeps a no-break space before a colon and inside guillemets, none before ? ! ;', () => {
    expect(typeset("Qu'est-ce que « Pli » : un pli?", 'fr-CA')).toBe('Qu’est-ce que «\u00A0Pli\u00A0»\u00A0: un pli?');
    expect(typeset('«Ouvrir» ; oui !', 'fr-CA')).toBe('«\u00A0Ouvrir\u00A0»; oui!');
  });

  test('French of France adds one before ? ! ; too, typed or not', () => {
    expect(typeset('Rien reçu? Oui; non !', 'fr-FR')).toBe('Rien reçu\u00A0? Oui\u00A0; non\u00A0!');
    expect(typeset('« Pli »?', 'fr-FR')).toBe('«\u00A0Pli\u00A0»\u00A0?');
    expect(typeset('Supprimer {name}?', 'fr-FR')).toBe('Supprimer {name}\u00A0?');
  });

  test('English curls apostrophes and leaves its quotation marks as typed', () => {
    expect(typeset("It's “open”: yes?", 'en')).toBe('It’s “open”: yes?');
  });

  test('values to come, web addresses and e-mail addresses are left alone', () => {
    const text = "Voyez https://pli.example/a?b=c;d='x' ou l'adresse d'o'neil@pli.example : {host}";
    expect(typeset(text, 'fr-FR')).toBe("Voyez https://pli.example/a?b=c;d='x' ou l’adresse d'o'neil@pli.example\u00A0: {host}");
  });

  test('a number holds its unit, and U+202F, which the font lacks, never appears', () => {
    expect(typeset('1 Go, 10 minutes, 12 h, 64 %', 'fr-CA')).toBe('1\u00A0Go, 10 minutes, 12\u00A0h, 64\u00A0%');
    expect(typeset('« 1 Go » ?', 'fr-FR')).not.toContain('\u202F');
  });
});
