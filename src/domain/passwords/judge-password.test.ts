import { describe, expect, test } from 'vitest';
import { judgePassword } from './judge-password.ts';

const ownWords = ['Marie Unetelle', 'marie.unetelle@innovactione.example', 'Innovactione', 'Pli'];

function verdict(password: string, min?: number): string {
  const judged = judgePassword(password, min === undefined ? { ownWords } : { ownWords, min });
  return judged.ok ? 'ok' : judged.refusal.code;
}

describe('a password may be', () => {
  test.each([
    'Quatre-vents 38 sous la pluie',
    'Pli-demonstration-2026',
    'correct cheval batterie agrafe',
    'jkH7-pQ2x-vN9w-Rt4b',
    'ζεστό ψωμί και ελιές',
    '二十本の青い傘と静かな雨の夜明け',
    'le chat de marie dort sur le piano',
    '8391 7402 6618 2957',
  ])('%s', (password) => {
    expect(verdict(password)).toBe('ok');
  });

  test('fifteen code points, whatever their size in bytes, and 256', () => {
    expect(verdict('🦊🐢🌿🍁⛵🎻🧵🪁🥁🧭🪵🌰🐚🍋🪴')).toBe('ok');
    expect(verdict('🦊🐢🌿🍁⛵🎻🧵🪁🥁🧭🪵🌰🐚🍋')).toBe('password.too-short');
    const long = Array.from({ length: 256 }, (_, at) => String.fromCodePoint(0x4e00 + ((at * 37) % 5000))).join('');
    expect(verdict(long)).toBe('ok');
    expect(verdict(`${long}a`)).toBe('password.too-long');
  });

  test('eight beside a second factor', () => {
    expect(verdict('vK7-pQ2x', 8)).toBe('ok');
    expect(verdict('vK7-pQ2', 8)).toBe('password.too-short');
  });
});

describe('a password may not be', () => {
  test.each([
    ['', 'password.missing'],
    ['14 caractères!', 'password.too-short'],
    ['avec un zéro \0 dedans', 'sign-in.text-unreadable'],
    ['avec un demi-code \ud800 dedans', 'sign-in.text-unreadable'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password.repeated'],
    ['ababababababababab', 'password.repeated'],
    ['Abricot9Abricot9', 'password.repeated'],
    ['canot vert canot vert ', 'password.repeated'],
    ['azertyuiopqsdfghjklm', 'password.keyboard'],
    ['qwertyuiopasdfghjkl', 'password.keyboard'],
    ['poiuytrezamlkjhgfdsq', 'password.keyboard'],
    ['abcdefghijklmnopqrstuvwxyz', 'password.keyboard'],
    ['123456789012345678', 'password.keyboard'],
    ['1qaz2wsx3edc4rfv', 'password.keyboard'],
    ['motdepasse12345', 'password.common'],
    ['MotDePasse!!!2026', 'password.common'],
    ['***password1234***', 'password.common'],
    ['P@ssw0rd!P@ssw0rd!', 'password.repeated'],
    ['p4ssw0rd-19841984', 'password.common'],
    ['passwordmotdepasse', 'password.common'],
    ['soleil-princesse-1', 'password.common'],
    ['CorrectHorseBatteryStaple', 'password.common'],
    ['marie.unetelle1985', 'password.personal'],
    ['Innovactione-2026!', 'password.personal'],
    ['UnetelleMarie12345', 'password.personal'],
    ['1nn0v4ct10ne-2026!', 'password.personal'],
  ])('%s (%s)', (password, code) => {
    expect(verdict(password)).toBe(code);
  });
});

test('what is hashed is the NFKC form', () => {
  const judged = judgePassword('Été à la fenêtre ½ ﬁn'.normalize('NFD'), { ownWords });
  expect(judged).toEqual({ ok: true, value: 'Été à la fenêtre ½ ﬁn'.normalize('NFKC') });
});
