import { type InBothLanguages, type MachineSentence, machineSentence } from '#messages/machine.ts';

/** Pli cannot start, for a reason the person who starts it can mend: shown in both languages, without a stack. */
export class StartRefused extends Error {
  readonly sentences: InBothLanguages;
  constructor(sentences: InBothLanguages, options?: ErrorOptions) {
    super(`${sentences.fr}\n${sentences.en}`, options);
    this.name = 'StartRefused';
    this.sentences = sentences;
  }
}

export function startRefused(key: MachineSentence, values?: Record<string, string | number>, cause?: unknown): StartRefused {
  return new StartRefused(machineSentence(key, values), cause === undefined ? undefined : { cause });
}
