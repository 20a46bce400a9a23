import type { Catalogue } from '../catalogue.ts';

export const profile = {} as const satisfies Catalogue;
