/** What is wrong with one field of a form, to be said under it; undefined when nothing is. */
export function errorOf(faults: readonly { field?: string | undefined; text: string }[], field: string): string | undefined {
  return faults.find((fault) => fault.field === field)?.text;
}
