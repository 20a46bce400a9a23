import { readCsv } from '#platform/files/csv.ts';
import { addressKey, addressSchema, foldName, nameFault, type Role } from '#shared/people.ts';

export type ListedPerson = { name: string; address: string; role: Role };

/** Why a line cannot be taken. */
export const importFaults = [
  'empty',
  'column-missing',
  'column-twice',
  'not-utf-8',
  'quotes',
  'too-long',
  'fields',
  'name',
  'address',
  'role',
  'duplicate',
] as const;
export type ImportFault = { line: number; fault: (typeof importFaults)[number]; value: string };

/** The header names that are understood, in either language and any order; other columns are not read. */
export const columns = {
  name: ['name', 'nom'],
  address: ['address', 'adresse', 'email', 'courriel'],
  role: ['role', 'rôle'],
} as const;

const roleWords: Readonly<Record<string, Role>> = {
  collaborator: 'collaborator',
  collaborateur: 'collaborator',
  collaboratrice: 'collaborator',
  administrator: 'administrator',
  administrateur: 'administrator',
  administratrice: 'administrator',
};

type Column = keyof typeof columns;
type Header = { places: Record<Column, number>; width: number };

/** The people of a CSV file, or every reason why it is not taken, each with its line. Read as it comes; `progress` hears of the lines. */
export async function readPeople(
  source: AsyncIterable<Buffer>,
  progress: (lines: number) => void,
): Promise<{ people: ListedPerson[]; faults: ImportFault[]; lines: number }> {
  const people: ListedPerson[] = [];
  const faults: ImportFault[] = [];
  const seen = new Map<string, number>();
  let header: Header | undefined;
  let lines = 0;
  for await (const record of readCsv(source)) {
    if (!header) {
      const read = 'fault' in record ? { fault: record.fault, value: '' } : readHeader(record.fields);
      if ('fault' in read) return { people, faults: [{ line: record.line, ...read }], lines };
      header = read;
      continue;
    }
    lines += 1;
    progress(lines);
    const read = 'fault' in record ? { ...record, value: '' } : readPerson(record, header, seen);
    if ('fault' in read) faults.push(read);
    else people.push(read);
  }
  return { people, faults: header ? faults : [{ line: 1, fault: 'empty', value: '' }], lines };
}

function readHeader(fields: string[]): Header | Omit<ImportFault, 'line'> {
  const named = fields.map((field) => field.normalize('NFC').trim().toLowerCase());
  const places: Record<Column, number> = { name: -1, address: -1, role: -1 };
  for (const column of ['name', 'address', 'role'] as const) {
    const words: readonly string[] = columns[column];
    const found = named.flatMap((name, place) => (words.includes(name) ? [place] : []));
    if (found.length > 1) return { fault: 'column-twice', value: words.join(' / ') };
    const place = found[0];
    if (place === undefined) return { fault: 'column-missing', value: words.join(' / ') };
    places[column] = place;
  }
  return { places, width: fields.length };
}

function readPerson({ line, fields }: { line: number; fields: string[] }, { places, width }: Header, seen: Map<string, number>): ListedPerson | ImportFault {
  if (fields.length !== width) return { line, fault: 'fields', value: `${fields.length} / ${width}` };
  const typed = { name: fields[places.name] ?? '', address: fields[places.address] ?? '', role: fields[places.role] ?? '' };
  if (nameFault(typed.name)) return { line, fault: 'name', value: typed.name };
  const address = addressSchema.safeParse(typed.address);
  if (!address.success) return { line, fault: 'address', value: typed.address };
  const word = typed.role.normalize('NFC').trim().toLowerCase();
  const role = Object.hasOwn(roleWords, word) ? roleWords[word] : undefined;
  if (!role) return { line, fault: 'role', value: typed.role };
  const key = `${addressKey(address.data)} ${role}`;
  const first = seen.get(key);
  if (first !== undefined) return { line, fault: 'duplicate', value: String(first) };
  seen.set(key, line);
  return { name: foldName(typed.name), address: address.data, role };
}
