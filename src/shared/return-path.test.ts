import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safeReturnPath } from './return-path.ts';

describe('the way back after signing in', () => {
  test.each([
    ['/connexion', '/connexion'],
    ['/connexion?persona=1&page=2', '/connexion?persona=1&page=2'],
    ['/avis/aB3_-x#contenu', '/avis/aB3_-x#contenu'],
    ['/connexion/../profil', '/profil'],
    ['/connexion?retour=%2F%2Fexemple.com', '/connexion?retour=%2F%2Fexemple.com'],
    ['/aide?q=é', '/aide?q=%C3%A9'],
    ['/connexion/1/pieces/2?persona=3', '/connexion/1?persona=3'],
  ])('accepts %s', (typed, path) => {
    expect(safeReturnPath(typed)).toBe(path);
  });

  test.each([
    undefined,
    '',
    'connexion',
    'https://exemple.com/',
    '//exemple.com',
    '///exemple.com',
    '/\\exemple.com',
    '\\\\exemple.com',
    '/%2Fexemple.com',
    '/%2fexemple.com',
    '/%5Cexemple.com',
    '/%255Cexemple.com',
    '/%252Fexemple.com',
    '/\t/exemple.com',
    '/\n/exemple.com',
    '/%09/exemple.com',
    '/%0d%0aSet-Cookie:x=1',
    '/a\0b',
    '/..//exemple.com',
    '/.//exemple.com',
    '/\u2028/exemple.com',
    '/%E0%A4%A',
    'javascript:alert(1)',
    ' /connexion',
    `/${'a'.repeat(1000)}`,
  ])('refuses %j', (typed) => {
    expect(safeReturnPath(typed)).toBeUndefined();
  });

  test('whatever is typed, what comes out leads to this site and nowhere else', () => {
    const pieces = fc.constantFrom('/', '\\', '.', '%2f', '%5c', '@', ':', 'a', '?', '#', '\t', '\0', ' ', '%', 'exemple.com', 'http:', '\u00a0', '．', '／');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const path = safeReturnPath(`/${parts.join('')}`);
        if (path === undefined) return;
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(new URL(path, 'https://pli.example').host).toBe('pli.example');
      }),
      { numRuns: 2000 },
    );
  });
});
