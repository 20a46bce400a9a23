import type { AuditEntry } from '#domain/audit/api.ts';
import type { View } from '#web/layout/view.ts';
import { settingName, settingValue } from './settings.ts';

/** The cells of a line of the journal for a spreadsheet: instants in UTC, acts by their names, which do not change with the language. */
export function csvCells({ at, kind, actorAddress, subjectAddress, details }: AuditEntry): string[] {
  return [at.toISOString(), kind, actorAddress ?? '', subjectAddress ?? '', JSON.stringify(details)];
}

/** What a line says beyond who, whom and when: «setting: before → after», or «name: value». */
export function detailLines(view: View, { details }: AuditEntry): { name: string; before: string | undefined; now: string }[] {
  const { before, after, ...rest } = details;
  if (after !== null && typeof after === 'object' && !Array.isArray(after)) {
    const was: Record<string, unknown> = Object(before);
    return Object.entries(after).map(([setting, value]) => ({
      name: settingName(view, setting),
      before: Object.hasOwn(was, setting) ? settingValue(view, setting, was[setting]) : undefined,
      now: settingValue(view, setting, value),
    }));
  }
  const named = Object.entries(after === undefined ? rest : { ...rest, before, after }).filter(([name]) => name !== 'personaId');
  return named.map(([name, value]) => ({ name: detailName(view, name), before: undefined, now: detailValue(view, value) }));
}

const detailNames = [
  'roles',
  'sessions',
  'newAccount',
  'addressClosed',
  'everywhere',
  'means',
  'lines',
  'created',
  'before',
  'after',
  'conversations',
  'recipient',
] as const;
const filterNames = ['from', 'to', 'kind', 'person'] as const;

function detailName({ t }: View, name: string): string {
  const known = [...detailNames, ...filterNames].find((one) => one === name);
  return known ? t(`administration.detail.${known}`) : name;
}

const roleNames = ['collaborator', 'administrator'] as const;

function detailValue(view: View, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => roleName(view, String(one))).join(', ');
  return settingValue(view, '', value);
}

function roleName({ t }: View, name: string): string {
  const role = roleNames.find((one) => one === name);
  return role ? t(`administration.role.${role}`) : name;
}
