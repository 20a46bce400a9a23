import type { Catalogue } from '../catalogue.ts';

export const frontDoor = {} as const satisfies Catalogue;
