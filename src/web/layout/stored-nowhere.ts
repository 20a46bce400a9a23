import { createMiddleware } from 'hono/factory';
import type { Web } from './web.ts';

/**
 * For pages that show what is somebody's (an address, a name) before anybody is signed in: neither the browser of a shared machine nor anything
 * on the way keeps them. Signed-in pages are so by themselves (render.ts).
 */
export const storedNowhere = createMiddleware<Web>(async (c, next) => {
  await next();
  c.header('Cache-Control', 'no-store');
});
