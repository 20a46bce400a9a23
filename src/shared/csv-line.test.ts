import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test('000-A3: no cell is a formula to a spreadsheet, however its sign is written, and quotes stay within their cell', () => {
  for (const sign of ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
    expect(csvLine([`${sign}HYPERLINK("x")`]), JSON.stringify(sign)).toBe(`"'${sign}HYPERLINK(""x"")"\r\n`);
  }
  expect(csvLine(['marie.unetelle@innovactione.example', 'a,"b"'])).toBe('"marie.unetelle@innovactione.example","a,""b"""\r\n');
});
