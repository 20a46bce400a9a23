import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderIconShapes } from '../../../bin/build-icons.mjs';

test('the committed shapes are those of the pinned icon set', () => {
  expect(readFileSync(new URL('icon-shapes.ts', import.meta.url), 'utf8')).toBe(renderIconShapes());
});
