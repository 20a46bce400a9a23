import { parseArgs } from 'node:util';
import type { AdministrationSentence } from '#messages/administration.ts';
import { ask, refusal } from './terminal.ts';

/** What was typed after the name of a command: `--name value`, `--flag`, and the rest in order. */
export type Arguments = { options: Record<string, string | undefined>; flags: ReadonlySet<string>; rest: readonly string[] };

export type Shape = { options?: readonly string[]; flags?: readonly string[]; rest?: number };

/** Refuses what the command does not know: an option misspelled and passed over in silence would do something else than was meant. */
export function readArguments(typed: readonly string[], { options = [], flags = [], rest = 0 }: Shape): Arguments {
  const known = Object.fromEntries([
    ...options.map((name) => [name, { type: 'string' as const }] as const),
    ...flags.map((name) => [name, { type: 'boolean' as const }] as const),
  ]);
  try {
    const { values, positionals } = parseArgs({ args: [...typed], options: known, allowPositionals: true, strict: true });
    const given = new Map<string, unknown>(Object.entries(values));
    if (positionals.length !== rest) throw new Error(positionals.slice(rest).join(' ') || `${positionals.length} / ${rest}`);
    return {
      options: Object.fromEntries(options.map((name) => [name, textOf(given.get(name))])),
      flags: new Set(flags.filter((name) => given.get(name) === true)),
      rest: positionals,
    };
  } catch (error) {
    throw refusal('usage.option-unknown', { reason: error instanceof Error ? error.message : '' });
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The options wanted, those that were not given asked for one by one; refused, naming them all, where nobody can answer. */
export async function completeOptions<Name extends 'organisation' | 'slug' | 'zone' | 'name' | 'address'>(
  given: Arguments,
  wanted: readonly Name[],
): Promise<Record<Name, string>> {
  const complete: Partial<Record<Name, string>> = {};
  for (const name of wanted) {
    const question: AdministrationSentence = `ask.${name}`;
    const value = given.options[name] ?? (await ask(question));
    if (value !== undefined) complete[name] = value.trim();
  }
  const missing = wanted.filter((name) => complete[name] === undefined);
  if (missing.length > 0) throw refusal('usage.missing', { names: missing.map((name) => `--${name}`).join(' ') });
  return complete as Record<Name, string>; // Nothing is missing, as was just seen.
}
