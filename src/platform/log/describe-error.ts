/** What the log keeps of an error. */
export type ErrorDescription = {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  /** Names of PostgreSQL's catalogue, never values. */
  table?: string;
  constraint?: string;
  cause?: ErrorDescription;
};

/**
 * An error without what people wrote: PostgreSQL repeats values in `detail`, `where` and between quotes in its messages, others repeat
 * addresses. Type, code and stack are enough to find the place.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Something that is no Error was thrown.' };
  const message = maskPersonal(error.message);
  const description: ErrorDescription = { type: error.name, message };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  if (frames?.length) description.stack = frames.join('\n');
  for (const name of ['code', 'table', 'constraint'] as const) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string') description[name] = value;
  }
  if (error.cause !== undefined && depth < 5) description.cause = describeError(error.cause, depth + 1);
  return description;
}

function maskPersonal(message: string): string {
  return message.replace(/"[^"]*"/g, '"…"').replace(/[^\s@<>"'(]+@[^\s@<>"')]+/g, '…@…');
}
