import type { Ctx } from '#context';
import { ok, type Result, refuse } from '#result';
import { findFlow } from './flow-queries.ts';
import type { Flow } from './flows.ts';
import { tokenHash } from './secrets.ts';

/** The door to what a browser is doing: whoever holds its cookie, as long as it is neither over nor forgotten. Reading consumes nothing (S-07). */
export async function accessFlow(ctx: Ctx, token: string | undefined): Promise<Result<Flow>> {
  const flow = token === undefined ? undefined : await findFlow(ctx, tokenHash(token));
  return flow && !flow.ended ? ok(flow) : refuse('sign-in.start-again');
}

/** The same, where a code sent to the address has come back within the hour. */
export async function accessProvenFlow(ctx: Ctx, token: string | undefined): Promise<Result<Flow>> {
  const door = await accessFlow(ctx, token);
  return door.ok && !door.value.addressProven ? refuse('sign-in.start-again') : door;
}
