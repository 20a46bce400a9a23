import type { TranslationOf } from '../catalogue.ts';
import type { demo as french } from '../fr/demo.ts';

export const demo = {} as const satisfies TranslationOf<typeof french>;
