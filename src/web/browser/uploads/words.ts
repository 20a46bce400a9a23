import type { fileWords } from '#shared/uploads.ts';

export type Word = (typeof fileWords)[number];

/** The sentences of the catalogue that the page carries for its documents, in `data-words`, with their values in braces. */
export class Words {
  readonly locale: string;
  private readonly sentences: Partial<Record<Word, string>>;

  constructor(carrier: HTMLElement) {
    this.locale = carrier.dataset.locale ?? 'fr-CA';
    this.sentences = JSON.parse(carrier.dataset.words ?? '{}') as Partial<Record<Word, string>>; // written by kit/file-field.tsx
  }

  /** A sentence with its values, which are never read as patterns. */
  say(word: Word, values: Record<string, string>): string {
    return (this.sentences[word] ?? '').replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  }
}
