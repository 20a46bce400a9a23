/** Joins the classes that apply: `classes('btn', wide && 'btn--wide')`. */
export function classes(...names: (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
