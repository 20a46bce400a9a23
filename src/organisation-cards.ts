import type { Ctx, SignedInCtx } from '#context';
import { listOrganisations, type Organisation } from '#domain/organisations/api.ts';
import type { Locale } from '#shared/locales.ts';
import type { OrganisationCard, SupportContact } from '#web/layout/view.ts';

const freshForMs = 10_000;

/**
 * What the frame says of the organisations: names and support contacts, read again every ten seconds at most, so that no page asks for them.
 * Before the first reading there is no contact to show.
 */
export function rememberOrganisations(systemCtx: () => Ctx) {
  let known: Organisation[] = [];
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    if (performance.now() - readAt < freshForMs) return;
    reading ??= listOrganisations(systemCtx())
      .then((organisations) => {
        known = organisations;
        readAt = performance.now();
      })
      .finally(() => {
        reading = undefined;
      });
    await reading;
  }

  return {
    refresh,
    support: (locale: Locale): SupportContact => {
      // For the next page: this one shows what is known.
      refresh().catch(() => undefined);
      const first = known[0];
      return first ? contactOf(first, locale) : {};
    },
    /** The zone of pages that belong to nobody: the first organisation's (S-16). */
    zone: (): string => known[0]?.timeZone ?? 'UTC',
    /** The organisation the actor works for; none for participants. */
    async of(ctx: SignedInCtx): Promise<(OrganisationCard & { zone: string }) | undefined> {
      await refresh();
      const organisationId = ctx.actor.memberships[0]?.organisationId;
      const organisation = known.find((one) => one.id === organisationId);
      return organisation && { name: organisation.name, support: contactOf(organisation, ctx.locale), zone: organisation.timeZone };
    },
  };
}

function contactOf({ support }: Organisation, locale: Locale): SupportContact {
  return { phone: support.phone, email: support.email, hours: locale === 'en' ? support.hoursEn : support.hoursFr };
}
