import { expect, test } from 'vitest';
import { translator } from '#messages/translate.ts';
import type { Locale } from '#shared/locales.ts';
import type { View } from '#web/layout/view.ts';
import { drawnOnce } from './drawn-once.ts';
import { Icon } from './icon.tsx';

const viewIn = (locale: Locale) => ({ locale, t: translator(locale), icons: new Set<string>() }) as unknown as View; // Nothing else is drawn from.

test('is drawn once for each language and id; each page notes the shapes it uses', () => {
  let drawn = 0;
  const Piece = drawnOnce<{ id: string }>(({ view, id }) => {
    drawn += 1;
    return (
      <p id={id}>
        <Icon view={view} name="bold" />
        {view.t('kit.rich.bold')}
      </p>
    );
  });
  const french = viewIn('fr-CA');
  expect(String(<Piece view={french} id="message" />)).toContain('id="message"');
  const another = viewIn('fr-CA');
  expect(String(<Piece view={another} id="message" />)).toBe(String(<Piece view={french} id="message" />));
  expect([drawn, [...another.icons]]).toEqual([1, ['bold']]);
  expect(String(<Piece view={viewIn('en')} id="message" />)).toContain('Bold');
  expect(String(<Piece view={french} id="note" />)).toContain('id="note"');
  expect(drawn).toBe(3);
});
