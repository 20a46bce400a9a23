import { existsSync } from 'node:fs';

/** Debian's browser, found by `npm test`; undefined when the machine has none, and then the tests that need it are skipped. */
export const chromiumPath = process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium'].find((path) => existsSync(path));
