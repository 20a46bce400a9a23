import type { TurboBeforeVisitEvent } from '@hotwired/turbo';
import { DraftLine } from './elements/draft-line.ts';
import { isTouched } from './morphing.ts';

/** Asks before leaving a page where something has been written and is neither sent nor saved. Nothing written, nothing asked. */
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
  if (Array.from(document.querySelectorAll('draft-line')).some((line) => line instanceof DraftLine && line.isUnsaved())) return true;
  const written = Array.from(document.querySelectorAll<HTMLTextAreaElement>('form[method=post] textarea'));
  return written.some((control) => !control.closest('form[aria-busy=true]') && isTouched(control) && !isSavedElsewhere(control));
}

/** The words of a form that saves itself are its line's affair. */
function isSavedElsewhere(control: HTMLTextAreaElement): boolean {
  return control.form?.querySelector('draft-line') instanceof DraftLine;
}
