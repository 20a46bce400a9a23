import type { Context } from 'hono';
import type { Ctx } from '#context';
import type { View } from './view.ts';

/** The environment of every page: `ctx` set by the session, `view` by the frame. */
export type Web = { Variables: { ctx: Ctx; view: View; browserId: string | undefined } };

export type WebContext = Context<Web>;
