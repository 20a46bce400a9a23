import type { TurboBeforeVisitEvent } from '@hotwired/turbo';
import { isTouched } from './morphing.ts';

/** Asks before leaving a page where something has been written and not sent. Nothing written, nothing asked. */
export function protectDrafts(): void {
  addEventListener('beforeunload', (event) => {
    if (hasDraft()) event.preventDefault();
  });

  document.addEventListener('turbo:before-visit', (event: TurboBeforeVisitEvent) => {
    // The same page fetched again is merged into this one, which keeps what is written (morphing.ts).
    if (isHere(event.detail.url)) return;
    const question = document.documentElement.dataset.leaving;
    if (question && hasDraft() && !confirm(question)) event.preventDefault();
  });
}

function isHere(url: string): boolean {
  const { pathname, search } = new URL(url, location.href);
  return pathname === location.pathname && search === location.search;
}

/** A form on its way is no draft; documents that are still leaving, or wait here for it, are. */
function hasDraft(): boolean {
  if (document.querySelector('form[data-uploading], form:not([aria-busy=true]) file-field[data-holds]')) return true;
  const written = Array.from(document.querySelectorAll<HTMLElement>('form[method=post] textarea'));
  return written.some((control) => !control.closest('form[aria-busy=true]') && isTouched(control));
}
