/** A notification that stays until it is closed by hand. */
export class ToastMessage extends HTMLElement {
  connectedCallback(): void {
    const close = this.querySelector<HTMLButtonElement>('[data-close]');
    if (!close) return;
    close.hidden = false;
    close.addEventListener('click', () => this.remove());
  }
}
