import { expect, test } from 'vitest';
import { addressSchema, foldName, nameFault } from './people.ts';

test.each(['ma\u200brie@courriel.example', 'marie\u202e@courriel.example', '\ufeffma\u00adrie@courriel.example'])(
  'an address with an invisible character is refused: %j',
  (typed) => {
    expect(addressSchema.safeParse(typed).success).toBe(false);
  },
);

test('an address in any script is an address', () => {
  for (const typed of ['jean.dubé@atelier.example', 'مريم@مثال.example', " o'neil+pli@courriel.example "])
    expect(addressSchema.safeParse(typed).success).toBe(true);
});

test('a name keeps its script and loses the marks that turn the reading around', () => {
  expect(foldName('Marie\u202e  Unetelle\u2066')).toBe('Marie Unetelle');
  expect(foldName('مريم')).toBe('مريم');
  expect(nameFault('\u202e\u2069')).toBe('person.name-missing');
});
