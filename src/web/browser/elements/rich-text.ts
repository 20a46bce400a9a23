import { fromPlainText, isFormatted, type RichText as Message, toPlainText } from '#shared/rich-text.ts';
import type { TextEditor } from '../editor.ts';

/**
 * A message to write with formatting, over the textarea that the page carries. The editor is fetched when the place to write is in sight;
 * until then, and if it never comes, the textarea does. Afterwards two hidden fields follow what is written: the text, and its formatted
 * version when it has any formatting.
 */
export class RichText extends HTMLElement {
  private editor: TextEditor | undefined;
  private ending = new AbortController();
  /** Over once nothing is half composed (accents, ideograms): it is not torn away from whoever types it. */
  private composed: Promise<void> = Promise.resolve();

  connectedCallback(): void {
    this.ending = new AbortController();
    this.showPlain();
    this.waitForCompositions();
    const folded = this.closest<HTMLDetailsElement>('details:not([open])');
    if (folded) folded.addEventListener('toggle', () => void this.load(), { once: true, signal: this.ending.signal });
    else void this.load();
  }

  disconnectedCallback(): void {
    this.ending.abort();
    this.close();
    this.showPlain();
  }

  /** Another version of the page: false when there is nothing to protect yet. What is being written stays; else the page's own text comes. */
  takeOver(next: Element): boolean {
    const { plain, rich } = this;
    if (!this.editor || !plain || !rich) return false;
    if (isChanged(plain) || isChanged(rich)) return true;
    const text = next.querySelector('textarea')?.defaultValue ?? '';
    const stored = next.getAttribute('data-document') ?? '';
    if (text === plain.defaultValue && stored === rich.defaultValue) return true;
    for (const [field, value] of [[plain, text] as const, [rich, stored] as const]) {
      field.defaultValue = value;
      field.value = value;
    }
    this.editor.replace(this.written());
    return true;
  }

  private get plain(): HTMLTextAreaElement | null {
    return this.querySelector('textarea:not([data-rich])');
  }

  private get rich(): HTMLTextAreaElement | null {
    return this.querySelector('textarea[data-rich]');
  }

  private get toolbar(): HTMLElement | null {
    return this.querySelector('[role=toolbar]');
  }

  private async load(): Promise<void> {
    const { toolbar, plain } = this;
    const { signal } = this.ending;
    if (!toolbar || !plain) return;
    toolbar.hidden = false;
    try {
      const { openEditor } = await import('../editor.ts');
      await this.composed;
      if (!signal.aborted) this.open(openEditor);
    } catch {
      // Not to be had: the textarea stays, and what it holds is sent.
      toolbar.hidden = true;
    }
  }

  /** The editor in place of the textarea, with what was typed meanwhile, the caret where it was. */
  private open(openEditor: typeof import('../editor.ts')['openEditor']): void {
    const { toolbar, plain } = this;
    const linkBar = this.querySelector<HTMLElement>('[data-linkbar]');
    if (!toolbar || !plain || !linkBar) return;
    const hadFocus = document.activeElement === plain;
    const selection = { from: plain.selectionStart, to: plain.selectionEnd };
    const { id } = plain;
    const text = this.hide(plain);
    const rich = this.rich ?? this.addRich(text);
    const document_ = this.written();
    this.editor = openEditor({
      place: this,
      toolbar,
      linkBar,
      id,
      labelledBy: `${id}-label`,
      document: document_,
      onChange: (document) => {
        text.value = toPlainText(document);
        rich.value = isFormatted(document) ? JSON.stringify(document) : '';
        // Whoever follows what is written listens to the form (drafts kept while typing).
        text.dispatchEvent(new Event('input', { bubbles: true }));
      },
    });
    if (hadFocus) this.editor.focus(isFormatted(document_) ? undefined : selection);
    this.follow(id);
  }

  private follow(id: string): void {
    const { signal } = this.ending;
    this.describe(id);
    // A page merged into this one may say what was wrong, or not any more.
    document.addEventListener('turbo:render', () => this.describe(id), { signal });
    document.getElementById(`${id}-label`)?.addEventListener('click', () => this.editor?.focus(), { signal });
    // The fields have their first values again once the event is over.
    this.closest('form')?.addEventListener('reset', () => queueMicrotask(() => this.editor?.replace(this.written())), { signal });
  }

  /** The surface says what the textarea said: its hint, what is wrong. */
  private describe(id: string): void {
    const surface = this.editor?.surface;
    const ids = [`${id}-hint`, `${id}-error`].filter((one) => document.getElementById(one));
    surface?.setAttribute('aria-describedby', ids.join(' '));
    if (document.getElementById(`${id}-error`)) surface?.setAttribute('aria-invalid', 'true');
    else surface?.removeAttribute('aria-invalid');
  }

  /** Another node, hidden, in its place: whoever holds the old one sees that it is gone, rather than waiting for it to be shown. */
  private hide(plain: HTMLTextAreaElement): HTMLTextAreaElement {
    const hidden = document.createElement('textarea');
    hidden.name = plain.name;
    hidden.hidden = true;
    hidden.defaultValue = plain.defaultValue;
    hidden.value = plain.value;
    hidden.dataset.id = plain.id;
    plain.replaceWith(hidden);
    return hidden;
  }

  private addRich(text: HTMLTextAreaElement): HTMLTextAreaElement {
    const rich = document.createElement('textarea');
    rich.name = this.dataset.name ?? '';
    rich.dataset.rich = '';
    rich.hidden = true;
    rich.defaultValue = this.dataset.document ?? '';
    // Typed over before the editor came, the text is what counts.
    rich.value = isChanged(text) ? '' : rich.defaultValue;
    text.after(rich);
    return rich;
  }

  /** The message that the fields hold. */
  private written(): Message {
    const stored = this.rich?.value ?? '';
    // Written by the server, which checked it, or by the editor.
    return stored === '' ? fromPlainText(this.plain?.value ?? '') : (JSON.parse(stored) as Message);
  }

  private waitForCompositions(): void {
    const { plain } = this;
    const { signal } = this.ending;
    plain?.addEventListener(
      'compositionstart',
      () => {
        this.composed = new Promise((resolve) => plain.addEventListener('compositionend', () => resolve(), { once: true }));
      },
      { signal },
    );
  }

  private close(): void {
    this.editor?.destroy();
    this.editor = undefined;
  }

  /** As the page came, with what has been written since: also what a copy of the page, kept by Turbo, must be. */
  private showPlain(): void {
    this.querySelector('[contenteditable]')?.remove();
    const { plain, toolbar } = this;
    if (toolbar) toolbar.hidden = true;
    const linkBar = this.querySelector<HTMLElement>('[data-linkbar]');
    if (linkBar) linkBar.hidden = true;
    if (!plain?.hidden) return;
    plain.hidden = false;
    plain.className = 'in';
    plain.rows = 7;
    plain.id = plain.dataset.id ?? '';
  }
}

function isChanged(field: HTMLTextAreaElement): boolean {
  return field.value !== field.defaultValue;
}
