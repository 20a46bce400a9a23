/** A link of the door that keeps the way back. */
export function doorLink(path: string, returnTo: string | undefined): string {
  return returnTo === undefined ? path : `${path}?retour=${encodeURIComponent(returnTo)}`;
}
