import { expect, test } from 'vitest';
import { formatBytes } from './bytes.ts';

test('S-11 000-51: the limit of 1 073 741 824 bytes reads 1 Go, 1 GB', () => {
  expect(formatBytes(1_073_741_824, 'fr-CA')).toBe('1\u00A0Go');
  expect(formatBytes(1_073_741_824, 'en')).toBe('1\u00A0GB');
});

test('sizes keep one decimal under ten, with the comma of the language', () => {
  expect(formatBytes(1_468_006, 'fr-FR')).toBe('1,4\u00A0Mo');
  expect(formatBytes(1_468_006, 'en')).toBe('1.4\u00A0MB');
  expect(formatBytes(217_088, 'fr-CA')).toBe('212\u00A0Ko');
  expect(formatBytes(0, 'fr-CA')).toBe('0\u00A0o');
});

test('rounding never shows 1024 of a unit, nor 10.0', () => {
  expect(formatBytes(1024 * 1024 - 1, 'en')).toBe('1\u00A0MB');
  expect(formatBytes(9.96 * 1024 * 1024, 'en')).toBe('10\u00A0MB');
});
