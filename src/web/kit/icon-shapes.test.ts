import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { iconShapes } from './icon-shapes.ts';

test('the committed shapes are those of the pinned icon set', () => {
  for (const [name, shape] of Object.entries(iconShapes)) {
    const svg = readFileSync(`node_modules/lucide-static/icons/${name}.svg`, 'utf8');
    const lines = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).split('\n');
    expect([name, shape]).toEqual([name, lines.map((line) => line.trim().replace(' />', '/>')).join('')]);
  }
});
