import { Hono } from 'hono';
import { z } from 'zod';
import { parseForwardDuration } from '#shared/durations.ts';
import { setFlash } from '#web/layout/flash.ts';
import { smallForm } from '#web/layout/form.ts';
import type { Web, WebContext } from '#web/layout/web.ts';
import type { DemoSettings } from './own-host-only.ts';

const asked = z.strictObject({ avance: z.string(), sessions: z.boolean().default(false) });

/** Pli's clock: told, and moved forward, by programs (JSON) and by the buttons of the mail page (a form). */
export function clockRoutes({ clock, catchUp }: DemoSettings): Hono<Web> {
  const routes = new Hono<Web>();

  routes.get('/demo/horloge', (c) => c.json({ now: clock.now().toISOString() }));

  routes.post('/demo/horloge', smallForm, async (c) => {
    const byForm = isForm(c);
    const read = asked.safeParse(byForm ? await formOf(c) : await c.req.json().catch(() => undefined));
    const duration = read.success ? parseForwardDuration(read.data.avance) : undefined;
    if (!read.success || !duration) return c.json({ error: 'avance' }, 400);
    await clock.advance(duration, { sessions: read.data.sessions });
    await catchUp();
    if (!byForm) return c.json({ now: clock.now().toISOString() });
    setFlash(c, 'success', 'demo.clock.moved');
    return c.redirect('/demo/courrier', 303);
  });
  return routes;
}

export function isForm(c: WebContext): boolean {
  return c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
}

async function formOf(c: WebContext): Promise<unknown> {
  const { avance } = await c.req.parseBody();
  return { avance };
}
