import type { TurboBeforeVisitEvent } from '@hotwired/turbo';
import { isTouched } from './morphing.ts';

/** Asks before leaving a page where something has been written and not sent. Nothing written, nothing asked. */
export function protectDrafts(): void {
  addEventListener('beforeunload', (event) => {
    if (hasDraft()) event.preventDefault();
  });

  document.addEventListener('turbo:before-visit', (event: TurboBeforeVisitEvent) => {
    const question = document.documentElement.dataset.leaving;
    if (question && hasDraft() && !confirm(question)) event.preventDefault();
  });
}

function hasDraft(): boolean {
  const written = Array.from(document.querySelectorAll<HTMLElement>('form[method=post] textarea, form[method=post] file-field input'));
  return written.some((control) => !control.closest('form[aria-busy=true]') && isTouched(control));
}
