import { contrast, mixed } from './contrast.ts';
import type { Brand } from './policy.ts';

/** What an organisation's colours stand on and beside: the tokens of `src/web/browser/styles/{tokens,dark}.css`. */
const papers = {
  light: { paper: '#f5f2ea', surface: '#ffffff', ink: '#182426', inkSoft: '#465457', deep: '#ffffff' },
  dark: { paper: '#10181a', surface: '#192325', ink: '#ede9df', inkSoft: '#b4bebd', deep: '#ede9df' },
} as const;
const onBrands = ['#ffffff', '#04222a'] as const;

export type BrandTokens = { brand: string; hover: string; soft: string; onBrand: string; deep: string; deepHover: string; onDeep: string };

/** The colours of one theme, drawn from the one the organisation chose: what is under the pointer, soft grounds, the text of buttons. */
export function brandTokens(brand: Brand, theme: 'light' | 'dark'): BrandTokens {
  const { surface, deep: onDeep } = papers[theme];
  const colour = brand[theme];
  const onBrand = contrast(onBrands[0], colour) >= contrast(onBrands[1], colour) ? onBrands[0] : onBrands[1];
  return {
    brand: colour,
    // Away from the text on it, so that the contrast grows under the pointer.
    hover: mixed(colour, onBrand === onBrands[0] ? '#000000' : '#ffffff', 0.2),
    soft: mixed(surface, colour, theme === 'light' ? 0.12 : 0.16),
    onBrand,
    deep: brand.header,
    deepHover: mixed(brand.header, '#ffffff', 0.08),
    onDeep,
  };
}

export type BrandRatios = Record<'light' | 'dark' | 'header', number>;

/** For each colour the least contrast it makes anywhere it is used with text. */
export function brandRatios(brand: Brand): BrandRatios {
  const themes = (['light', 'dark'] as const).map((theme) => ({ theme, tokens: brandTokens(brand, theme), paper: papers[theme] }));
  const actions = themes.map(({ tokens, paper }) =>
    Math.min(
      ...[paper.paper, paper.surface, tokens.soft, tokens.onBrand].map((ground) => contrast(tokens.brand, ground)),
      ...[paper.ink, paper.inkSoft].map((ink) => contrast(ink, tokens.soft)),
      contrast(tokens.hover, tokens.onBrand),
    ),
  );
  const header = themes.flatMap(({ tokens }) => [contrast(tokens.deep, tokens.onDeep), contrast(tokens.deepHover, tokens.onDeep)]);
  return { light: actions[0] ?? 1, dark: actions[1] ?? 1, header: Math.min(...header) };
}

/** Pli's own colours, where an organisation begins. */
export const ownBrand: Brand = { light: '#0d5363', dark: '#82ccdb', header: '#08333d' };
