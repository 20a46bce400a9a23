import { expect, test } from 'vitest';
import { brandRatios, ownBrand } from './brand.ts';
import { contrast } from './contrast.ts';
import { holdsLink, offeredLocale } from './policy.ts';
import { readPolicy } from './read-policy.ts';

const fields = { expiration: '', 'expiration-min': '1', 'expiration-max': '366', taille: '1024', 'langue-fr-CA': 'on' };
const faultsOf = (change: Record<string, string>) => {
  const read = readPolicy({ ...fields, ...change });
  return read.ok ? [] : read.faults.map(({ field, code }) => `${field} ${code}`);
};

test('000-A3: a policy is read as an administrator types it', () => {
  const read = readPolicy({ ...fields, types: '.PDF, docx;*.png', domaines: '@Courriel.example\ncourriel.example', 'phrase-fr': '  Bien  à vous. ' });
  expect(read).toMatchObject({
    ok: true,
    value: {
      expiryDays: { standard: undefined, min: 1, max: 366 },
      filesBytes: 1_073_741_824,
      fileTypes: ['pdf', 'docx', 'png'],
      recipientDomains: ['courriel.example'],
      noticeWording: { fr: 'Bien à vous.', en: undefined },
      locales: ['fr-CA'],
      brand: undefined,
    },
  });
});

test('000-A3: every fault is named at once', () => {
  expect(faultsOf({ taille: '2000', expiration: '0', types: 'p/d/f', domaines: 'nulle part', 'langue-fr-CA': '' })).toEqual([
    'expiration policy.days',
    'taille policy.size',
    'types policy.types',
    'domaines policy.domains',
    'langues policy.locales-none',
  ]);
  expect(faultsOf({ 'expiration-max': '100' })).toEqual(['expiration-max policy.days-order']);
  expect(faultsOf({ expiration: '30', 'expiration-min': '40' })).toEqual(['expiration-max policy.days-order']);
  expect(faultsOf({ courriel: 'soutien' })).toEqual(['courriel policy.contact-address']);
  expect(faultsOf({ telephone: '\u0000' })).toEqual(['telephone policy.contact-unreadable']);
});

test('000-A3: the sentence of a notice holds no link, no address and no second line', () => {
  for (const link of ['https://x.example', 'www.x', 'voyez x.example', 'à nous@x', 'javascript://'])
    expect(faultsOf({ 'phrase-fr': link })).toEqual(['phrase-fr policy.wording-link']);
  expect(holdsLink('Appelez le 1 819 555-0142, de 8 h à 17 h. Merci.')).toBe(false);
  expect(faultsOf({ 'phrase-en': 'x'.repeat(201) })).toEqual(['phrase-en policy.wording-too-long']);
  expect(readPolicy({ ...fields, 'phrase-fr': 'une\nligne' })).toMatchObject({ value: { noticeWording: { fr: 'une ligne' } } });
});

test('000-A3: colours under 4.5:1 are refused, light, dark and header, with the ratio', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(Math.min(...Object.values(brandRatios(ownBrand)))).toBeGreaterThan(4.5);
  const own = { couleurs: 'organisation', 'couleur-claire': ownBrand.light, 'couleur-sombre': ownBrand.dark, 'couleur-bandeau': ownBrand.header };
  expect(faultsOf(own)).toEqual([]);
  expect(faultsOf({ ...own, 'couleur-claire': '#ffcc00', 'couleur-sombre': '#222222', 'couleur-bandeau': '#ffffff' })).toEqual([
    'couleur-claire policy.contrast',
    'couleur-sombre policy.contrast',
    'couleur-bandeau policy.contrast',
  ]);
  expect(faultsOf({ ...own, 'couleur-claire': 'url(x)' })).toEqual(['couleur-claire policy.colour']);
});

test('000-A3: a notice is in the reader’s language when the organisation writes in it, else in the nearest', () => {
  expect(offeredLocale({ locales: ['fr-CA', 'en'] }, 'fr-FR', 'fr-CA')).toBe('fr-CA');
  expect(offeredLocale({ locales: ['fr-FR'] }, 'en', 'fr-FR')).toBe('fr-FR');
  expect(offeredLocale({ locales: ['en'] }, 'fr-CA', 'fr-CA')).toBe('en');
});
