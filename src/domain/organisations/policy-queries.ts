import type { Ctx } from '#context';
import { locales } from '#shared/locales.ts';
import { type Policy, standardPolicy } from '#shared/policy.ts';
import type { PolicyDraft, SupportDetails } from '#shared/read-policy.ts';

/** What an organisation has decided, or what holds without a decision. */
export async function findPolicy(ctx: Ctx, organisationId: string): Promise<Policy> {
  const row = await ctx.db
    .selectFrom('organisations')
    .leftJoin('policies', 'policies.organisation_id', 'organisations.id')
    .select(['organisations.expiry_days', 'version', 'expiry_min_days', 'expiry_max_days', 'files_bytes', 'file_types', 'recipient_domains'])
    .select(['title_in_notices', 'activities_for_participants', 'policies.locales', 'notice_wording_fr', 'notice_wording_en'])
    .select(['brand_light', 'brand_dark', 'brand_header'])
    .where('organisations.id', '=', organisationId)
    .executeTakeFirst();
  const standard = row?.expiry_days ?? undefined;
  const { expiryDays } = standardPolicy;
  if (!row?.version) return { ...standardPolicy, expiryDays: { ...expiryDays, standard, max: Math.max(standard ?? 0, expiryDays.max) } };
  const { brand_light: light, brand_dark: dark, brand_header: header } = row;
  return {
    version: row.version,
    expiryDays: { standard, min: row.expiry_min_days ?? expiryDays.min, max: row.expiry_max_days ?? expiryDays.max },
    filesBytes: row.files_bytes ?? standardPolicy.filesBytes,
    fileTypes: row.file_types ?? [],
    recipientDomains: row.recipient_domains ?? [],
    titleInNotices: row.title_in_notices ?? false,
    activitiesForParticipants: row.activities_for_participants ?? true,
    locales: locales.filter((locale) => row.locales?.includes(locale)),
    noticeWording: { fr: row.notice_wording_fr ?? undefined, en: row.notice_wording_en ?? undefined },
    brand: light && dark && header ? { light, dark, header } : undefined,
  };
}

/** The policy and the support contact as they stand; whoever changes them at the same moment waits. */
export async function lockPolicy(ctx: Ctx, organisationId: string): Promise<Policy & { support: SupportDetails }> {
  const row = await ctx.db
    .selectFrom('organisations')
    .select(['support_phone', 'support_email', 'support_hours_fr', 'support_hours_en'])
    .where('id', '=', organisationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const support = {
    phone: row.support_phone ?? undefined,
    email: row.support_email ?? undefined,
    hoursFr: row.support_hours_fr ?? undefined,
    hoursEn: row.support_hours_en ?? undefined,
  };
  return { ...(await findPolicy(ctx, organisationId)), support };
}

export async function updatePolicy(ctx: Ctx, organisationId: string, { version, support, ...policy }: PolicyDraft & { version: number }): Promise<void> {
  await ctx.db
    .updateTable('organisations')
    .set({
      expiry_days: policy.expiryDays.standard ?? null,
      support_phone: support.phone ?? null,
      support_email: support.email ?? null,
      support_hours_fr: support.hoursFr ?? null,
      support_hours_en: support.hoursEn ?? null,
    })
    .where('id', '=', organisationId)
    .execute();
  const row = {
    version,
    expiry_min_days: policy.expiryDays.min,
    expiry_max_days: policy.expiryDays.max,
    files_bytes: policy.filesBytes,
    file_types: [...policy.fileTypes],
    recipient_domains: [...policy.recipientDomains],
    title_in_notices: policy.titleInNotices,
    activities_for_participants: policy.activitiesForParticipants,
    locales: [...policy.locales],
    notice_wording_fr: policy.noticeWording.fr ?? null,
    notice_wording_en: policy.noticeWording.en ?? null,
    brand_light: policy.brand?.light ?? null,
    brand_dark: policy.brand?.dark ?? null,
    brand_header: policy.brand?.header ?? null,
  };
  await ctx.db
    .insertInto('policies')
    .values({ organisation_id: organisationId, ...row })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
    .execute();
}

export type Logo = { hash: string; mediaType: string; width: number; height: number; bytes: Buffer };

export async function upsertLogo(ctx: Ctx, organisationId: string, { mediaType, ...logo }: Logo): Promise<void> {
  const row = { ...logo, media_type: mediaType };
  await ctx.db
    .insertInto('organisation_logos')
    .values({ organisation_id: organisationId, ...row })
    .onConflict((conflict) => conflict.column('organisation_id').doUpdateSet(row))
    .execute();
}

/** False when there was none. */
export async function deleteLogo(ctx: Ctx, organisationId: string): Promise<boolean> {
  const deleted = await ctx.db.deleteFrom('organisation_logos').where('organisation_id', '=', organisationId).executeTakeFirst();
  return deleted.numDeletedRows > 0n;
}

/** Whoever knows its address may see it: it stands on the page where one signs in. */
export async function findLogo(ctx: Ctx, at: { organisationId: string; hash: string }): Promise<{ mediaType: string; bytes: Buffer } | undefined> {
  const row = await ctx.db
    .selectFrom('organisation_logos')
    .select(['media_type', 'bytes'])
    .where('organisation_id', '=', at.organisationId)
    .where('hash', '=', at.hash)
    .executeTakeFirst();
  return row && { mediaType: row.media_type, bytes: row.bytes };
}

export type OrganisationLook = { organisationId: string; brand: Policy['brand']; logo: { hash: string; width: number; height: number } | undefined };

/** The colours and logos that organisations chose, for the frame of the pages; without the drawings themselves. */
export async function listLooks(ctx: Ctx): Promise<OrganisationLook[]> {
  const rows = await selectLooks(ctx).orderBy('organisations.id').limit(1000).execute();
  return rows.map(toLook);
}

export async function findLook(ctx: Ctx, organisationId: string): Promise<OrganisationLook | undefined> {
  const row = await selectLooks(ctx).where('organisations.id', '=', organisationId).executeTakeFirst();
  return row && toLook(row);
}

function selectLooks(ctx: Ctx) {
  return ctx.db
    .selectFrom('organisations')
    .leftJoin('policies', 'policies.organisation_id', 'organisations.id')
    .leftJoin('organisation_logos as logo', 'logo.organisation_id', 'organisations.id')
    .select(['organisations.id', 'brand_light', 'brand_dark', 'brand_header', 'logo.hash', 'logo.width', 'logo.height']);
}

type LookRow = Awaited<ReturnType<ReturnType<typeof selectLooks>['execute']>>[number];

function toLook({ id, brand_light: light, brand_dark: dark, brand_header: header, hash, width, height }: LookRow): OrganisationLook {
  return {
    organisationId: id,
    brand: light && dark && header ? { light, dark, header } : undefined,
    logo: hash && width && height ? { hash, width, height } : undefined,
  };
}
