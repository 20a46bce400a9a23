import { atomically, type SignedInCtx } from '#context';
import { type AuditDetails, recordAudit } from '#domain/audit/api.ts';
import { accessAdministration, forgetPolicy, lockPolicy, updatePolicy } from '#domain/organisations/api.ts';
import { ok, type Result, refuse } from '#result';
import type { PolicyDraft } from '#shared/read-policy.ts';

export type CurrentPolicy = PolicyDraft & { version: number };

/** What an organisation has decided, with its support contact, as it stands now; for its administrators. */
export async function accessPolicy(ctx: SignedInCtx, organisationId: string): Promise<CurrentPolicy | undefined> {
  if (!accessAdministration(ctx, organisationId).ok) return undefined;
  return atomically(ctx, (inside) => lockPolicy(inside, organisationId));
}

/**
 * Changes what holds for everybody in an organisation (000-A3). `version` is the one it was decided upon: refused with
 * `policy.changed-meanwhile` when another administrator has changed it since, and nothing is overwritten. What was before and what is after is
 * in the journal. Without any change nothing is written.
 */
export async function changePolicy(ctx: SignedInCtx, asked: { organisationId: string; version: number; draft: PolicyDraft }): Promise<Result<undefined>> {
  const { organisationId, version, draft } = asked;
  const changed = await atomically(ctx, async (inside): Promise<Result<undefined>> => {
    const door = accessAdministration(inside, organisationId);
    if (!door.ok) return door;
    const current = await lockPolicy(inside, organisationId);
    const { before, after } = differences(current, draft);
    if (Object.keys(after).length === 0) return ok();
    if (current.version !== version) return refuse('policy.changed-meanwhile');
    await updatePolicy(inside, organisationId, { ...draft, version: version + 1 });
    await recordAudit(inside, { organisationId, kind: 'policy.changed', details: { before, after } });
    return ok();
  });
  forgetPolicy(ctx, organisationId);
  return changed;
}

type Settings = Record<string, AuditDetails[string]>;

/** The settings that are not the same, by name, as they were and as they are. */
export function differences(current: PolicyDraft, draft: PolicyDraft): { before: Settings; after: Settings } {
  const [was, is] = [settingsOf(current), settingsOf(draft)];
  const names = Object.keys(is).filter((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
  const only = (settings: Settings) => Object.fromEntries(names.map((name) => [name, settings[name] ?? null]));
  return { before: only(was), after: only(is) };
}

/** By the names under which the journal and the page speak of them. */
function settingsOf(policy: PolicyDraft): Settings {
  const { expiryDays, noticeWording, brand, support } = policy;
  return {
    'expiry-standard': expiryDays.standard ?? null,
    'expiry-min': expiryDays.min,
    'expiry-max': expiryDays.max,
    'files-bytes': policy.filesBytes,
    'file-types': policy.fileTypes,
    'recipient-domains': policy.recipientDomains,
    'title-in-notices': policy.titleInNotices,
    'activities-for-participants': policy.activitiesForParticipants,
    locales: policy.locales,
    'wording-fr': noticeWording.fr ?? null,
    'wording-en': noticeWording.en ?? null,
    'brand-light': brand?.light ?? null,
    'brand-dark': brand?.dark ?? null,
    'brand-header': brand?.header ?? null,
    'support-phone': support.phone ?? null,
    'support-email': support.email ?? null,
    'hours-fr': support.hoursFr ?? null,
    'hours-en': support.hoursEn ?? null,
  };
}
