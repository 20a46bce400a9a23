import type { JobDefinition } from './jobs.ts';

// biome-ignore lint/suspicious/noExplicitAny: a list holds definitions of different payloads; each checks its own by its schema before it runs
export type AnyJobDefinition<Context> = JobDefinition<Context, any>;

/** Finds a definition by its name; an unknown one is a bug, or a job left by another version: it throws. */
export function byName<Context>(definitions: readonly AnyJobDefinition<Context>[]): (name: string) => AnyJobDefinition<Context> {
  const table = new Map(definitions.map((definition) => [definition.name, definition]));
  if (table.size !== definitions.length) throw new Error('Two jobs have the same name');
  return (name) => {
    const definition = table.get(name);
    if (!definition) throw new Error(`No job has the name ${name}`);
    return definition;
  };
}

/** The payload as its schema reads it. */
export function checkedPayload<Context>(definition: AnyJobDefinition<Context>, payload: unknown): object {
  const read = definition.payload.safeParse(payload);
  if (!read.success) throw new Error(`The payload of ${definition.name} does not have its shape`, { cause: read.error });
  return read.data;
}
