import type { Catalogue } from '../catalogue.ts';

export const help = {} as const satisfies Catalogue;
