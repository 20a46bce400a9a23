import type { TranslationOf } from '../catalogue.ts';
import type { help as french } from '../fr/help.ts';

export const help = {} as const satisfies TranslationOf<typeof french>;
