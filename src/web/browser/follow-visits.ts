import type { TurboBeforeRenderEvent, TurboClickEvent, TurboRenderEvent } from '@hotwired/turbo';
import { FileField } from './elements/file-field.ts';

/** After a visit, what a full load would have done: the attributes of `<html>`, files already received, and the reading point at the head of the page. */
export function followVisits(): void {
  document.addEventListener('turbo:before-render', (event: TurboBeforeRenderEvent) => {
    const next = event.detail.newBody.ownerDocument.documentElement;
    // The new body is in a document of its own, with its own <html>.
    if (next === document.documentElement) return;
    for (const name of ['data-theme', 'data-sending', 'data-leaving', 'data-news']) copyAttribute(next, document.documentElement, name);
  });

  // Turbo would fetch the page again for a link to a place in it: what a refused form holds would be gone.
  document.addEventListener('turbo:click', (event: TurboClickEvent) => {
    if (event.target instanceof Element && event.target.getAttribute('href')?.startsWith('#')) event.preventDefault();
  });

  document.addEventListener('turbo:render', (event: TurboRenderEvent) => {
    for (const field of document.querySelectorAll('file-field')) if (field instanceof FileField) field.dropReceived();
    const faults = document.querySelector<HTMLElement>('[data-error-summary]');
    if (faults) return faults.focus();
    const main = document.getElementById('contenu');
    const free = document.activeElement === null || document.activeElement === document.body;
    if (event.detail.renderMethod === 'replace' && free && !location.hash) main?.focus({ preventScroll: true });
  });
}

function copyAttribute(from: Element, to: Element, name: string): void {
  const value = from.getAttribute(name);
  if (value === null) to.removeAttribute(name);
  else to.setAttribute(name, value);
}
