import { bodyLimit } from 'hono/body-limit';
import { tooLargePage } from './error-pages.tsx';
import type { WebContext } from './web.ts';

/** Forms of a few lines: nobody types 64 kB of name and password. */
export const smallForm = bodyLimit({ maxSize: 64 * 1024, onError: (c) => tooLargePage(c as WebContext) }); // the same context, untyped by the middleware

export type Form = (name: string) => string;

/** The text fields of a posted form, by name; an absent field and a file read as ''. */
export async function readForm(c: WebContext): Promise<Form> {
  const form = await c.req.parseBody();
  return (name) => {
    const value = form[name];
    return typeof value === 'string' ? value : '';
  };
}
