import { afterEach, beforeEach } from 'vitest';
import { forgetClosedPages, openPages, tellPages } from './open-pages.ts';

let before = openPages();

beforeEach(() => {
  before = openPages();
  forgetClosedPages();
});

// Also of a test that passes when it is played again: what came of it the first time is worth knowing.
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  process.stderr.write(`As «${task.name}» failed:\n${await tellPages()}\n`);
  // What it left open would go on writing drafts while it is played again.
  const own = [...openPages()].filter((page) => !before.has(page));
  await Promise.all(own.map((page) => page.context().close()));
});
