import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { type AdministrationSentence, administrationSentence } from '#messages/administration.ts';
import { StartRefused } from '#platform/start-refused.ts';

/** What was asked cannot be done, for a reason the administrator can mend: said in both languages, without a stack. */
export function refusal(key: AdministrationSentence, values?: Record<string, string | number>): StartRefused {
  return new StartRefused(administrationSentence(key, values));
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A sentence, in French and then in English. */
export function tell(key: AdministrationSentence, values?: Record<string, string | number>): void {
  const { fr, en } = administrationSentence(key, values);
  say(`${fr}\n${en}`);
}

/** How far a long work is, where somebody looks on: on the standard error, one line over the other in a terminal. */
export function showProgress(key: AdministrationSentence, count: number): void {
  const { fr, en } = administrationSentence(key, { count });
  if (process.stderr.isTTY) process.stderr.write(`\r${fr} — ${en}`);
  else process.stderr.write(`${fr} — ${en}\n`);
}

/** Asked in the terminal what no option said; undefined where nobody can answer. */
export async function ask(key: AdministrationSentence): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const { fr, en } = administrationSentence(key);
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await asking.question(`${fr} — ${en} : `)).trim() || undefined;
  } finally {
    asking.close();
  }
}

/** The same, without showing what is typed. */
export async function askInSecret(key: AdministrationSentence): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const { fr, en } = administrationSentence(key);
  process.stderr.write(`${fr} — ${en} : `);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return (await asking.question('')) || undefined;
  } finally {
    asking.close();
    process.stderr.write('\n');
  }
}
