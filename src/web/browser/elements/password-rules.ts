/** Judges, while one types, the rules that a length decides; the server judges all of them. */
export class PasswordRules extends HTMLElement {
  connectedCallback(): void {
    const field = document.getElementById(this.dataset.for ?? '');
    if (!(field instanceof HTMLInputElement)) return;
    field.addEventListener('input', () => this.judge(field.value));
  }

  private judge(typed: string): void {
    // Code points, after NFKC: what the server counts.
    const length = Array.from(typed.normalize('NFKC')).length;
    for (const rule of this.querySelectorAll<HTMLElement>('[data-min]')) {
      const met = length >= Number(rule.dataset.min);
      rule.classList.toggle('is-met', met);
      rule.classList.remove('is-unmet');
      rule.querySelector('use')?.setAttribute('href', met ? '#i-circle-check' : '#i-minus');
      const verdict = rule.querySelector('[data-verdict]');
      if (verdict) verdict.textContent = (met ? this.dataset.met : this.dataset.unmet) ?? '';
    }
  }
}
