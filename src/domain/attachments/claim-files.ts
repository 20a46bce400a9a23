import type { Ctx } from '#context';
import type { Day } from '#platform/keys/keyring.ts';
import { openBytes, sealBytes } from '#platform/keys/seal.ts';
import { ok, type Result, refuse } from '#result';
import { conversationLimits } from '#shared/conversations.ts';
import { isTypeAllowed } from '#shared/file-types.ts';
import { claimUploads, listReadyUploads } from './queries.ts';
import { labelOf } from './waiting-room.ts';

/** A received file whose key is already wrapped for the day its message expires. */
export type PreparedFile = { id: string; label: Buffer; size: number; wrappedKey: Buffer };

/** What an organisation lets be joined: the files of one message together, bytes; extensions, empty for all. */
export type FileRules = { filesBytes: number; fileTypes: readonly string[] };

type Preparation = { profileId: string; uploadIds: readonly string[]; day: Day; rules: FileRules };

/**
 * Makes a person's received files ready to be claimed: their keys are wrapped again for the day of expiry. Changes nothing yet.
 * Refuses `attachment.not-ready` (unknown, somebody else's, claimed, thrown away after 24 h), `attachment.type-not-allowed` and
 * `attachment.too-large` (past 1 GiB in all, or less where the organisation says so: S-11, 000-A3).
 */
export async function prepareFiles(ctx: Ctx, { profileId, uploadIds, day, rules }: Preparation): Promise<Result<PreparedFile[]>> {
  const wanted = [...new Set(uploadIds)];
  if (wanted.length === 0) return ok([]);
  const rows = new Map((await listReadyUploads(ctx.db, profileId, wanted)).map((row) => [row.id, row]));
  const prepared: PreparedFile[] = [];
  for (const id of wanted) {
    const row = rows.get(id);
    const key = row && (await ctx.keys.unwrap(row.keyDay, row.wrappedKey, `blob:${id}`));
    if (!row || !key) return refuse('attachment.not-ready');
    const wrappedKey = await ctx.keys.wrap(day, key, `blob:${id}`);
    const label = openBytes(key, row.label, `upload:${id}`);
    const { name } = labelOf(label);
    if (!isTypeAllowed(rules, name)) return refuse('attachment.type-not-allowed', { name, types: rules.fileTypes.join(', ') });
    prepared.push({ id, label, size: row.size, wrappedKey });
  }
  const total = prepared.reduce((sum, file) => sum + file.size, 0);
  const limit = Math.min(rules.filesBytes, conversationLimits.filesBytes);
  if (total > limit) return refuse('attachment.too-large', { name: '', limit });
  return ok(prepared);
}

type Claim = { profileId: string; files: readonly PreparedFile[]; organisationId: string; conversationId: string; messageId: string; messageKey: Buffer };

/** Gives the prepared files to a message, within its transaction. Refuses `attachment.not-ready` when one was claimed meanwhile. */
export async function claimFiles(ctx: Ctx, claim: Claim): Promise<Result<undefined>> {
  if (claim.files.length === 0) return ok();
  const files = claim.files.map((file) => ({ ...file, label: sealBytes(claim.messageKey, file.label, `attachment:${file.id}`) }));
  return (await claimUploads(ctx.db, files, claim)) === files.length ? ok() : refuse('attachment.not-ready');
}
