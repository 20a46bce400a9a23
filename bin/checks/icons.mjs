// src/web/kit/icon-shapes.ts is what bin/build-icons.mjs writes.
import { readFileSync } from 'node:fs';
import { renderIconShapes } from '../build-icons.mjs';
import { inProject } from '../launch/project.mjs';

if (readFileSync(inProject('src', 'web', 'kit', 'icon-shapes.ts'), 'utf8') !== renderIconShapes()) {
  console.error('src/web/kit/icon-shapes.ts is not what bin/build-icons.mjs writes: run it.');
  process.exitCode = 1;
}
