import { type AdministrationSentence, administrationSentence } from '#messages/administration.ts';

/** What one look found: a sentence, and whether it is as it should be. */
export type Finding = { well: boolean; sentence: { fr: string; en: string } };

export function finding(well: boolean, key: AdministrationSentence, values?: Record<string, string | number>): Finding {
  return { well, sentence: administrationSentence(key, values) };
}
