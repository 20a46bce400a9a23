const shownMs = 10_000;

/** Makes ready a place that screen readers follow: it must be there, empty, before it says something. */
export function prepareNews(): HTMLElement {
  const place = document.querySelector<HTMLElement>('live-news') ?? document.createElement('live-news');
  place.className = 'sr';
  place.setAttribute('role', 'status');
  place.textContent = '';
  if (!place.isConnected) document.body.append(place);
  return place;
}

/** Says politely that a message came, or takes the place away when there is nothing to say. */
export function sayNews(place: HTMLElement, came: boolean): void {
  if (!came) {
    place.remove();
    return;
  }
  place.textContent = document.documentElement.dataset.news ?? '';
  setTimeout(() => place.remove(), shownMs);
}
