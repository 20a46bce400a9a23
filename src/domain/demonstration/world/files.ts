import type { StoryFile } from './story.ts';

/** A spreadsheet as accountants exchange them: semicolons, decimal commas, UTF-8 with its mark. */
export function csvFile(name: string, rows: readonly (readonly string[])[]): StoryFile {
  const text = `\uFEFF${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\r\n')}\r\n`;
  return { name, mediaType: 'text/csv', bytes: () => Buffer.from(text) };
}

export function textFile(name: string, lines: readonly string[]): StoryFile {
  return { name, mediaType: 'text/plain', bytes: () => Buffer.from(`${lines.join('\n')}\n`) };
}

/** A one-page PDF (ISO 32000-1 §7.5: header, objects, cross-reference table, trailer) that every reader opens. */
export function pdfFile(name: string, lines: readonly string[]): StoryFile {
  return { name, mediaType: 'application/pdf', bytes: () => pdf(lines) };
}

function pdf(lines: readonly string[]): Buffer {
  const shown = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const page = `BT /F1 12 Tf 18 TL 72 720 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${page.length} >>\nstream\n${page}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = ['0000000000 65535 f ', ...offsets.map((offset) => `${offset} 00000 n `)].join('\n');
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`;
  // Latin-1: one byte a character, so that the offsets counted above are bytes, and é is é in WinAnsi.
  return Buffer.from(`${body}xref\n0 ${objects.length + 1}\n${table}\n${trailer}`, 'latin1');
}
