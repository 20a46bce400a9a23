import type { Context } from 'hono';
import type { Ctx } from '#context';
import type { SessionLife } from '#domain/sign-in/api.ts';
import type { View } from './view.ts';

/** The environment of every page: `ctx` set by the session, `view` by the frame. */
export type Web = { Variables: { ctx: Ctx; view: View; browserId: string | undefined; life: SessionLife | undefined } };

export type WebContext = Context<Web>;
