import type { TranslationOf } from '../catalogue.ts';
import type { signIn as french } from '../fr/sign-in.ts';

export const signIn = {} as const satisfies TranslationOf<typeof french>;
