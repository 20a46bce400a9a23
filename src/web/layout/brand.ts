import { createHash } from 'node:crypto';
import { type BrandTokens, brandTokens } from '#shared/brand.ts';
import type { Brand } from '#shared/policy.ts';

/** What a page wears of an organisation: the address of its colours, and of its logo with its size. */
export type Look = { sheet: string | undefined; logo: { src: string; width: number; height: number } | undefined };

export function logoHref(organisationId: string, hash: string): string {
  return `/marque/${organisationId}/${hash}`;
}

export function sheetHref(organisationId: string, brand: Brand): string {
  return `/marque/${organisationId}/${sheetHash(brand)}.css`;
}

/** The address of a sheet changes with it: browsers keep it for ever. */
export function sheetHash(brand: Brand): string {
  return createHash('sha256').update(sheetOf(brand)).digest('base64url').slice(0, 16);
}

/** The colours of an organisation over Pli's own, outside of any layer: light, then dark for those who prefer or chose it; never dark on paper. */
export function sheetOf(brand: Brand): string {
  const light = declarations(brandTokens(brand, 'light'));
  const dark = declarations(brandTokens(brand, 'dark'));
  return [
    `:root{${light}}`,
    `@media screen and (prefers-color-scheme:dark){:root:not([data-theme='light']){${dark}}}`,
    `@media screen{:root[data-theme='dark']{${dark}}}`,
  ].join('\n');
}

function declarations(tokens: BrandTokens): string {
  const values = {
    '--brand': tokens.brand,
    '--brand-hover': tokens.hover,
    '--brand-soft': tokens.soft,
    '--on-brand': tokens.onBrand,
    '--brand-deep': tokens.deep,
    '--brand-deep-2': tokens.deepHover,
    '--on-deep': tokens.onDeep,
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}:${value}`)
    .join(';');
}
