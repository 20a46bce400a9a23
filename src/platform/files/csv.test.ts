import { expect, test } from 'vitest';
import { type CsvRecord, readCsv } from './csv.ts';

/** Fed in pieces of `size` bytes, so that nothing depends on where the file is cut. */
async function read(text: string | Buffer, size = 3): Promise<CsvRecord[]> {
  const bytes = Buffer.from(text);
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const records: CsvRecord[] = [];
  for await (const record of readCsv(pieces())) records.push(record);
  return records;
}

test('commas, semicolons or tabs, as the header has them; a mark of order and blank lines are passed over', async () => {
  expect(await read('\uFEFFnom,adresse\r\nÉlodie,e@x.example\r\n\r\nPaul,p@x.example')).toEqual([
    { line: 1, fields: ['nom', 'adresse'] },
    { line: 2, fields: ['Élodie', 'e@x.example'] },
    { line: 4, fields: ['Paul', 'p@x.example'] },
  ]);
  expect(await read('nom;adresse\n"Dubé, Jean";j@x.example\n')).toEqual([
    { line: 1, fields: ['nom', 'adresse'] },
    { line: 2, fields: ['Dubé, Jean', 'j@x.example'] },
  ]);
});

test('quotes hold separators, ends of line and quotes; lines are counted as an editor counts them', async () => {
  expect(await read('a,b\n"un\ndeux, ""trois""",4\n5,6\n')).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fields: ['un\ndeux, "trois"', '4'] },
    { line: 4, fields: ['5', '6'] },
  ]);
});

test('Latin-1, a quote followed by something and a quote left open are faults of their line', async () => {
  const latin1 = Buffer.concat([Buffer.from('nom,x\nPaul,1\n'), Buffer.from('Élodie,2\n', 'latin1'), Buffer.from('Marie,3\n')]);
  expect(await read(latin1)).toEqual([
    { line: 1, fields: ['nom', 'x'] },
    { line: 2, fields: ['Paul', '1'] },
    { line: 3, fault: 'not-utf-8' },
    { line: 4, fields: ['Marie', '3'] },
  ]);
  expect(await read('a,b\n"un"deux,3\n')).toEqual([
    { line: 1, fields: ['a', 'b'] },
    { line: 2, fault: 'quotes' },
  ]);
  const open = await read(`a,b\n"ouvert,1\n${'x,y\n'.repeat(20_000)}`, 4096);
  expect(open[1]).toEqual({ line: 2, fault: 'too-long' });
});
