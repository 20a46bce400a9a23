import { isMergingQuietly } from '../morphing.ts';

/** A message that has just been opened: its text is brought into view and takes the focus. */
export class OpenedMessage extends HTMLElement {
  connectedCallback(): void {
    if (isMergingQuietly()) return;
    requestAnimationFrame(() => {
      this.closest('.msg')?.scrollIntoView({ block: 'start' });
      this.focus({ preventScroll: true });
    });
  }
}
