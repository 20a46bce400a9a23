import type { Ctx } from '#context';
import { locales } from '#shared/locales.ts';
import { type Policy, standardPolicy } from '#shared/policy.ts';

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
