import { formatBytes } from '#shared/bytes.ts';
import type { Locale } from '#shared/locales.ts';
import { fileLine } from './file-line.ts';

/** Documents to join: chosen several times or dropped, listed with their sizes, removed one by one, refused before sending when too big. */
export class FileField extends HTMLElement {
  private files: File[] = [];

  connectedCallback(): void {
    const { input, zone } = this;
    if (!input || !zone) return;
    input.addEventListener('change', () => this.add(Array.from(input.files ?? [])));
    input.form?.addEventListener('reset', () => this.keep([]));
    for (const name of ['dragenter', 'dragover']) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.dataset.over = '';
      });
    }
    for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => delete zone.dataset.over);
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      this.add(Array.from(event.dataTransfer?.files ?? []));
    });
  }

  /** Lets go of the documents that the form now lists as received (`KeptFiles`): sent again, they would be joined twice. */
  dropReceived(): void {
    const received = Array.from(this.closest('form')?.querySelectorAll<HTMLInputElement>('input[name=fichier-recu]') ?? []);
    const left = this.files.filter((file) => !received.some(({ dataset }) => dataset.name === file.name && Number(dataset.size) === file.size));
    if (left.length < this.files.length) this.keep(left);
  }

  /** How much there is to send. */
  get bytes(): number {
    return total(this.files);
  }

  startProgress(onCancel: () => void): void {
    this.tell('');
    const part = this.progressPart;
    if (!part) return;
    part.hidden = false;
    const button = part.querySelector('button');
    if (button) button.onclick = onCancel;
  }

  showProgress({ sent, whole, secondsLeft }: { sent: number; whole: number; secondsLeft: number }): void {
    const percent = Math.floor(100 * sent);
    const time = secondsLeft < 60 ? `${Math.ceil(secondsLeft)}\u00A0s` : `${Math.ceil(secondsLeft / 60)}\u00A0min`;
    const progress = this.querySelector('progress');
    if (progress) progress.value = percent;
    const left = this.querySelector('[data-left]');
    if (left) left.textContent = fill(this.dataset.sending, { percent: String(percent), time, size: this.sizeOf(whole) });
  }

  /** Ends the sending; `stoppedAt` tells how far it was, when it did not arrive. */
  endProgress(stoppedAt?: number): void {
    if (this.progressPart) this.progressPart.hidden = true;
    if (stoppedAt !== undefined) this.tell(fill(this.dataset.stopped, { percent: String(Math.floor(100 * stoppedAt)) }));
  }

  private get progressPart(): HTMLElement | null {
    return this.querySelector<HTMLElement>('[data-progress]');
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input');
  }

  private get zone(): HTMLElement | null {
    return this.querySelector('.drop');
  }

  /** Keeps each file that still fits under the limit of the whole (S-11); the others are named with their size. */
  private add(chosen: File[]): void {
    const limit = Number(this.dataset.limit);
    const kept = [...this.files];
    const refused: File[] = [];
    for (const file of chosen) {
      if (kept.some((one) => isSame(one, file))) continue;
      (total(kept) + file.size <= limit ? kept : refused).push(file);
    }
    this.keep(kept);
    this.tell(refused.map((file) => this.sentence('over', file)).join(' '));
  }

  private keep(files: File[]): void {
    this.files = files;
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    if (this.input) this.input.files = transfer.files;
    this.list();
    this.tell('');
  }

  private list(): void {
    const list = this.querySelector('[data-list]');
    if (!(list instanceof HTMLElement)) return;
    list.hidden = this.files.length === 0;
    list.replaceChildren(
      ...this.files.map((file) =>
        fileLine({ name: file.name, state: this.sentence('ready', file), remove: this.sentence('remove', file), onRemove: () => this.drop(file) }),
      ),
    );
  }

  private drop(file: File): void {
    this.keep(this.files.filter((one) => one !== file));
    this.input?.focus();
  }

  private tell(text: string): void {
    const place = this.querySelector('[data-refusals]');
    if (!(place instanceof HTMLElement)) return;
    place.hidden = text === '';
    place.textContent = text;
  }

  /** A sentence of the catalogue, carried by the page, with the name and size of this file. */
  private sentence(name: 'over' | 'ready' | 'remove', file: File): string {
    return fill(this.dataset[name], { file: file.name, size: this.sizeOf(file.size) });
  }

  private sizeOf(bytes: number): string {
    // The server writes one of our locales.
    return formatBytes(bytes, this.dataset.locale as Locale);
  }
}

/** A sentence of the page with its values, which are never read as patterns. */
function fill(sentence: string | undefined, values: Record<string, string>): string {
  return (sentence ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function total(files: readonly File[]): number {
  return files.reduce((sum, file) => sum + file.size, 0);
}

function isSame(one: File, other: File): boolean {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}
