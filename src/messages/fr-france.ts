import type { Entry } from './catalogue.ts';
import type { fr } from './fr.ts';

/** What is said otherwise in France. Typography differs by rule, in `typography.ts`; only words are here. */
export const frFR: Readonly<Partial<Record<keyof typeof fr, Entry>>> = {};
