/** Shows a password on demand. It is hidden again when the form leaves, so that no browser remembers it as plain text. */
export class ShowPassword extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    const input = this.querySelector('input');
    if (!button || !input) return;
    button.hidden = false;
    button.addEventListener('click', () => this.reveal(input, button, input.type === 'password'));
    input.form?.addEventListener('submit', () => this.reveal(input, button, false));
  }

  private reveal(input: HTMLInputElement, button: HTMLButtonElement, shown: boolean): void {
    input.type = shown ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(shown));
    const label = button.querySelector('span');
    if (label) label.textContent = (shown ? this.dataset.hide : this.dataset.show) ?? '';
    button.querySelector('use')?.setAttribute('href', shown ? '#i-eye-off' : '#i-eye');
  }
}
