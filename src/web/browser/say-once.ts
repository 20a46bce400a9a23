/** Says something politely in a place that screen readers follow. Emptied first, so that the same words are said again. */
export function sayOnce(place: Element | null, text: string): void {
  if (!place) return;
  place.textContent = '';
  requestAnimationFrame(() => {
    place.textContent = text;
  });
}
