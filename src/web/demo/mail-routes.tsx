import { Hono } from 'hono';
import { z } from 'zod';
import { findKeptMail, type KeptMail, listKeptMails, recordBounce } from '#domain/notices/api.ts';
import { isReadableText } from '#shared/sign-in.ts';
import { notFoundPage } from '#web/layout/error-pages.tsx';
import { setFlash } from '#web/layout/flash.ts';
import { renderPage } from '#web/layout/render.ts';
import type { Web, WebContext } from '#web/layout/web.ts';
import { isForm } from './clock-routes.ts';
import { MailPage } from './mail-page.tsx';

const asked = z.object({
  to: z.string().max(254).refine(isReadableText).optional(),
  since: z.iso
    .datetime({ offset: true })
    .transform((text) => new Date(text))
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Mails on one page; programs may ask for more. */
const pageSize = 50;

/** A mail alone, as a reader's program would show it: its own styles, no script, no form, nothing from outside; its links may be followed. */
const mailPolicy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function mailRoutes(): Hono<Web> {
  const routes = new Hono<Web>();

  routes.get('/demo/courrier', async (c) => {
    const typed = c.req.query('to')?.trim();
    const to = typed && isReadableText(typed) ? typed : undefined;
    const mails = await listKeptMails(c.get('ctx'), { to, limit: pageSize });
    return renderPage(c, <MailPage view={c.get('view')} mails={mails} to={to} />);
  });

  routes.get('/demo/courrier.json', async (c) => {
    const read = asked.safeParse(c.req.query());
    if (!read.success) return c.json({ error: read.error.issues[0]?.path.join('.') ?? '' }, 400);
    c.header('Cache-Control', 'no-store');
    return c.json(await listKeptMails(c.get('ctx'), read.data));
  });

  routes.get('/demo/courrier/:id/html', async (c) => {
    const mail = await findAsked(c);
    if (!mail) return notFoundPage(c);
    return c.body(mail.html, 200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': mailPolicy, 'Cache-Control': 'no-store' });
  });

  routes.post('/demo/courrier/:id/rejet', async (c) => {
    const mail = await findAsked(c);
    if (!mail?.messageId || !(await recordBounce(c.get('ctx'), mail.messageId))) return notFoundPage(c);
    if (!isForm(c)) return c.json(await findAsked(c));
    setFlash(c, 'success', 'demo.mail.bounced');
    return c.redirect('/demo/courrier', 303);
  });
  return routes;
}

async function findAsked(c: WebContext): Promise<KeptMail | undefined> {
  const id = z.uuid().safeParse(c.req.param('id'));
  return id.success ? findKeptMail(c.get('ctx'), id.data) : undefined;
}
