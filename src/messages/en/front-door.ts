import type { TranslationOf } from '../catalogue.ts';
import type { frontDoor as french } from '../fr/front-door.ts';

export const frontDoor = {} as const satisfies TranslationOf<typeof french>;
