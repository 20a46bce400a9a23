import type { TurboSubmitEndEvent } from '@hotwired/turbo';

const labels = new WeakMap<HTMLElement, string>();

/** Outside of Turbo, an answer that leaves the page as it is (a download) never says that it came: the form is freed after that long. */
const longestWait = 20_000;

/** A form is sent once: its button says so, and a second press does nothing until the answer is there. */
export function sendOnce(): void {
  document.addEventListener('submit', refuseSecond, true);
  document.addEventListener('turbo:submit-start', ({ target, detail }) => {
    if (target instanceof HTMLFormElement) markBusy(target, detail.formSubmission.submitter ?? null);
  });
  document.addEventListener('turbo:submit-end', settle);
  document.addEventListener('turbo:before-cache', freeAll);
  addEventListener('pageshow', freeAll);
}

function refuseSecond(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.method === 'dialog') return;
  if (form.getAttribute('aria-busy') === 'true') {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (form.dataset.turbo === 'false') {
    markBusy(form, event.submitter);
    setTimeout(() => free(form), longestWait);
  }
}

function settle(event: TurboSubmitEndEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement)) return;
  if (event.detail.success) finish(form);
  else free(form);
}

/** What was sent is no longer a draft. */
export function finish(form: HTMLFormElement): void {
  free(form);
  form.reset();
  form.closest('details.compose')?.removeAttribute('open');
}

/** The form waits for its answer; the button that sent it says so, without changing its width. */
export function markBusy(form: HTMLFormElement, submitter: HTMLElement | null): void {
  form.setAttribute('aria-busy', 'true');
  if (!submitter?.classList.contains('btn') || labels.has(submitter)) return;
  submitter.setAttribute('aria-busy', 'true');
  const label = submitter.querySelector('span');
  const sending = document.documentElement.dataset.sending;
  if (!label || !sending || form.method !== 'post') return;
  labels.set(submitter, label.textContent ?? '');
  submitter.style.minInlineSize = `${submitter.offsetWidth}px`;
  label.textContent = sending;
}

export function free(form: HTMLFormElement): void {
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
