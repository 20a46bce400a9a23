import type { TurboSubmitEndEvent } from '@hotwired/turbo';

const labels = new WeakMap<HTMLElement, string>();
/** An answer that leaves the page as it is (a download) never says that it came: the form is freed after that long. */
const longestWait = 20_000;

/** A form is sent once: its button says so, and a second press does nothing until the answer is there. */
export function sendOnce(): void {
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || form.method === 'dialog') return;
      if (form.getAttribute('aria-busy') === 'true') {
        event.preventDefault();
        event.stopImmediatePropagation();
        return;
      }
      // Other listeners may still refuse the submission: it is marked once they have spoken.
      queueMicrotask(() => !event.defaultPrevented && markBusy(form, event.submitter));
    },
    true,
  );

  document.addEventListener('turbo:submit-start', ({ target, detail }) => {
    if (target instanceof HTMLFormElement) markBusy(target, detail.formSubmission.submitter ?? null);
  });
  document.addEventListener('turbo:submit-end', settle);
  addEventListener('pageshow', freeAll);
  document.addEventListener('turbo:before-cache', freeAll);
}

function settle(event: TurboSubmitEndEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  free(form);
  if (!event.detail.success) return;
  form.reset();
  form.closest('details.compose')?.removeAttribute('open');
}

function markBusy(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.setAttribute('aria-busy', 'true');
  setTimeout(() => free(form), longestWait);
  if (!submitter?.classList.contains('btn') || labels.has(submitter)) return;
  const label = submitter.querySelector('span');
  const sending = document.documentElement.dataset.sending;
  submitter.setAttribute('aria-busy', 'true');
  if (!label || !sending || form.method !== 'post') return;
  labels.set(submitter, label.textContent ?? '');
  submitter.style.minInlineSize = `${submitter.offsetWidth}px`;
  label.textContent = sending;
}

function free(form: HTMLFormElement): void {
  form.removeAttribute('aria-busy');
  for (const button of form.querySelectorAll<HTMLElement>('[aria-busy]')) {
    button.removeAttribute('aria-busy');
    button.style.removeProperty('min-inline-size');
    const label = button.querySelector('span');
    if (label) label.textContent = labels.get(button) ?? label.textContent;
    labels.delete(button);
  }
}

function freeAll(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[aria-busy]')) free(form);
}
