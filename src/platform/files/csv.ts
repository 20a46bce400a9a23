/** One record of a CSV file (RFC 4180). `line` is where it begins, the first being 1. Without `fields`: what keeps it from being read. */
export type CsvRecord = { line: number } & ({ fields: string[] } | { fault: 'not-utf-8' | 'quotes' | 'too-long' });

const newline = 0x0a;
const quote = 0x22;
/** No record of ours comes near it: past that a quote was left open. */
const longestRecord = 64 * 1024;
/** Excel in French writes semicolons. */
const separators = [',', ';', '\t'] as const;

/**
 * Reads records as they come, whatever the length of the file; blank lines are passed over. The separator is the one that the first record,
 * the header, uses most. Split as bytes, for neither quotes nor ends of line can be part of another character in UTF-8.
 */
export async function* readCsv(source: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord> {
  let separator: string | undefined;
  for await (const { line, bytes } of records(source)) {
    if (bytes.length > longestRecord) {
      yield { line, fault: 'too-long' };
      continue;
    }
    const text = decode(bytes, line === 1);
    if (text === undefined) yield { line, fault: 'not-utf-8' };
    else if (text.trim() !== '') {
      separator ??= separatorOf(text);
      const fields = split(text, separator);
      yield fields ? { line, fields } : { line, fault: 'quotes' };
    }
  }
}

async function* records(source: AsyncIterable<Buffer>): AsyncGenerator<{ line: number; bytes: Buffer }> {
  let waiting: Buffer[] = [];
  let [line, nextLine, quoted] = [1, 1, false];
  for await (const chunk of source) {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      if (chunk[at] === quote) quoted = !quoted;
      if (chunk[at] !== newline) continue;
      nextLine += 1;
      if (quoted && lengthOf(waiting) + at - from < longestRecord) continue;
      yield { line, bytes: Buffer.concat([...waiting, chunk.subarray(from, at)]) };
      [waiting, from, line, quoted] = [[], at + 1, nextLine, false];
    }
    waiting.push(chunk.subarray(from));
  }
  const last = Buffer.concat(waiting);
  if (last.length > 0) yield { line, bytes: last };
}

function lengthOf(chunks: Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined when it is not UTF-8: Latin-1, usually. */
function decode(bytes: Buffer, first: boolean): string | undefined {
  try {
    const text = utf8.decode(bytes).replace(/\r$/, '');
    return first ? text.replace(/^\uFEFF/, '') : text;
  } catch {
    return undefined;
  }
}

function separatorOf(header: string): string {
  const counted = separators.map((separator) => ({ separator, count: header.split(separator).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).separator;
}

/** Undefined when a quote is left open, or followed by something. */
function split(text: string, separator: string): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    const { field, end } = text[at] === '"' ? quotedField(text, at) : bareField(text, at, separator);
    if (field === undefined) return undefined;
    fields.push(field);
    if (end === text.length) return fields;
    if (text[end] !== separator) return undefined;
    at = end + 1;
  }
}

function bareField(text: string, from: number, separator: string): { field: string; end: number } {
  const found = text.indexOf(separator, from);
  const end = found === -1 ? text.length : found;
  return { field: text.slice(from, end), end };
}

/** Two quotes inside stand for one. */
function quotedField(text: string, from: number): { field: string | undefined; end: number } {
  const [matched, field] = /^"((?:[^"]|"")*)"/.exec(text.slice(from)) ?? [];
  if (matched === undefined || field === undefined) return { field: undefined, end: text.length };
  return { field: field.replaceAll('""', '"'), end: from + matched.length };
}
