import type { Catalogue } from '../catalogue.ts';

export const demo = {} as const satisfies Catalogue;
