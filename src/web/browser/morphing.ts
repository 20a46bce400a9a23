import type { TurboBeforeMorphAttributeEvent, TurboBeforeMorphElementEvent } from '@hotwired/turbo';
import { RichText } from './elements/rich-text.ts';

/** Whether the page is being fetched again by itself, which nobody asked for and nobody must notice. */
let quiet = false;

const keepsItsOwnState = new Set(['FILE-FIELD', 'PASSWORD-RULES', 'SESSION-END', 'SHOW-PASSWORD']);

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
    if (!(target instanceof Element)) return;
    if (quiet && staysUnnoticed(target, event.detail.newElement)) event.preventDefault();
    if (!event.detail.newElement) return;
    if (target.matches('svg.sprite')) {
      addShapes(target, event.detail.newElement);
      event.preventDefault();
      return;
    }
    const keeps = target instanceof RichText ? target.takeOver(event.detail.newElement) : keepsItsOwnState.has(target.tagName) || isTouched(target);
    if (keeps) event.preventDefault();
  });
}

/** The sprite of a page draws what that page shows; what is left of the page before still needs its own drawings. */
function addShapes(sprite: Element, next: Element): void {
  const known = new Set(Array.from(sprite.children, ({ id }) => id));
  sprite.append(...Array.from(next.children).filter(({ id }) => !known.has(id)));
}

/** Runs a merge that the person did not ask for. */
export async function mergeQuietly(merge: () => Promise<void>): Promise<void> {
  quiet = true;
  await merge().finally(() => {
    quiet = false;
  });
}

/** Whether a merge that the person did not ask for is under way. */
export function isMergingQuietly(): boolean {
  return quiet;
}

/**
 * What such a merge leaves alone: a form somebody is writing in, whole, with the key that makes it one message however often it is sent;
 * what was said a moment ago; and anything that holds unsent words, even where the page has no place for it any more.
 */
function staysUnnoticed(target: Element, next: Element | undefined): boolean {
  if (next) return (target instanceof HTMLFormElement || target.hasAttribute('data-writing')) && isBeingWritten(target);
  return ['TOAST-MESSAGE', 'LIVE-NEWS'].includes(target.tagName) || isBeingWritten(target, { focus: false });
}

/** Whether something in here is typed, chosen or ticked and not sent, or has the caret. */
export function isBeingWritten(place: Element, { focus = true } = {}): boolean {
  if (place.querySelector('file-field[data-holds]')) return true;
  const controls = Array.from(place.querySelectorAll('textarea, input, select, [contenteditable=true]'));
  return controls.some((control) => isTouched(control) || holdsWords(control) || (focus && control === document.activeElement));
}

/** A draft that the server wrote back is unsent all the same. */
function holdsWords(control: Element): boolean {
  return control instanceof HTMLTextAreaElement && control.value !== '';
}

/** Whether a control says something else than what the server wrote in it. */
export function isTouched(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return target.value !== target.defaultValue;
  if (target instanceof HTMLInputElement) return target.value !== target.defaultValue || target.checked !== target.defaultChecked;
  if (target instanceof HTMLSelectElement) return Array.from(target.options).some((option) => option.selected !== option.defaultSelected);
  return target instanceof HTMLOptionElement && target.selected !== target.defaultSelected;
}
