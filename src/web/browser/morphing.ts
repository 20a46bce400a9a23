import type { TurboBeforeMorphAttributeEvent, TurboBeforeMorphElementEvent } from '@hotwired/turbo';

const keepsItsOwnState = new Set(['FILE-FIELD', 'PASSWORD-RULES', 'SHOW-PASSWORD']);

/**
 * A page fetched again is merged into the one on screen. What the person has typed, ticked or unfolded is theirs: it stays.
 * Never `data-turbo-permanent` on a field, which would carry a draft into another conversation.
 */
export function keepMorphingPolite(): void {
  document.addEventListener('turbo:before-morph-attribute', (event: TurboBeforeMorphAttributeEvent) => {
    const { attributeName } = event.detail;
    const { target } = event;
    const unfolds = attributeName === 'open' && (target instanceof HTMLDetailsElement || target instanceof HTMLDialogElement);
    if (unfolds || (['value', 'checked', 'selected'].includes(attributeName) && isTouched(target))) event.preventDefault();
  });

  document.addEventListener('turbo:before-morph-element', (event: TurboBeforeMorphElementEvent) => {
    const { target } = event;
    if (!(target instanceof Element) || !event.detail.newElement) return;
    if (keepsItsOwnState.has(target.tagName) || isTouched(target)) event.preventDefault();
  });
}

/** Whether a control says something else than what the server wrote in it. */
export function isTouched(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.value !== target.defaultValue;
  if (target instanceof HTMLInputElement) return target.value !== target.defaultValue || target.checked !== target.defaultChecked;
  if (target instanceof HTMLSelectElement) return Array.from(target.options).some((option) => option.selected !== option.defaultSelected);
  return target instanceof HTMLOptionElement && target.selected !== target.defaultSelected;
}
