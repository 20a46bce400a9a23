import { createHash } from 'node:crypto';
import { atomically, type SignedInCtx } from '#context';
import { recordAudit } from '#domain/audit/api.ts';
import { accessAdministration, deleteLogo, upsertLogo } from '#domain/organisations/api.ts';
import { readImage } from '#platform/files/read-image.ts';
import { ok, type Result, refuse } from '#result';

/** Bytes and pixels of a logo. */
export const logoLimits = { bytes: 102_400, least: 16, most: 2000 } as const;

/**
 * Gives an organisation its logo, for the frame of its pages; mails hold no image. Told by its bytes, not by its name.
 * Refuses `policy.logo-none`, `policy.logo-size` (100 kB), `policy.logo-format` (PNG, JPEG or WebP), `policy.logo-dimensions`.
 */
export function setLogo(ctx: SignedInCtx, asked: { organisationId: string; bytes: Buffer }): Promise<Result<undefined>> {
  const { organisationId, bytes } = asked;
  return atomically(ctx, async (inside) => {
    const door = accessAdministration(inside, organisationId);
    if (!door.ok) return door;
    if (bytes.length === 0) return refuse('policy.logo-none');
    if (bytes.length > logoLimits.bytes) return refuse('policy.logo-size');
    const image = readImage(bytes);
    if (!image) return refuse('policy.logo-format');
    const { width, height } = image;
    if (Math.min(width, height) < logoLimits.least || Math.max(width, height) > logoLimits.most) {
      return refuse('policy.logo-dimensions', { width, height, least: logoLimits.least, most: logoLimits.most });
    }
    const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    await upsertLogo(inside, organisationId, { ...image, hash, bytes });
    await recordAudit(inside, { organisationId, kind: 'policy.changed', details: { after: { logo: hash } } });
    return ok();
  });
}

/** Takes the logo away; twice is once. */
export function removeLogo(ctx: SignedInCtx, organisationId: string): Promise<Result<undefined>> {
  return atomically(ctx, async (inside) => {
    const door = accessAdministration(inside, organisationId);
    if (!door.ok) return door;
    if (await deleteLogo(inside, organisationId)) await recordAudit(inside, { organisationId, kind: 'policy.changed', details: { after: { logo: null } } });
    return ok();
  });
}
