import type { TranslationOf } from '../catalogue.ts';
import type { profile as french } from '../fr/profile.ts';

export const profile = {} as const satisfies TranslationOf<typeof french>;
