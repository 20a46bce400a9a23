import { readFileSync } from 'node:fs';
import { type InBothLanguages, machineSentence } from '#messages/machine.ts';

/** `NAME=value` lines; blank lines and lines that begin with `#` say nothing; quotes around a whole value are taken off. */
export function readSettingsFile(file: string, faults: InBothLanguages[]): [name: string, value: string][] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    faults.push(machineSentence('settings.file-unreadable', { file, reason: error instanceof Error ? error.message : '' }));
    return [];
  }
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line)) return [];
    const [, name, value] = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      faults.push(machineSentence('settings.file-line', { file, line: index + 1 }));
      return [];
    }
    if (name === 'PLI_CONFIG') {
      faults.push(machineSentence('settings.file-in-file'));
      return [];
    }
    return value === '' ? [] : [[name, value.replace(/^(["'])(.*)\1$/, '$2')]];
  });
}
