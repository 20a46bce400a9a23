import type { Ctx, SignedInCtx } from '#context';
import { listLooks, listOrganisations, type Organisation, type OrganisationLook } from '#domain/organisations/api.ts';
import { noSiblings, type Siblings } from '#platform/workers/siblings.ts';
import type { Locale } from '#shared/locales.ts';
import type { Brand } from '#shared/policy.ts';
import { type Look, logoHref, sheetHref } from '#web/layout/brand.ts';
import type { OrganisationCard, SupportContact } from '#web/layout/view.ts';

const freshForMs = 10_000;

/**
 * What the frame says of the organisations: names, support contacts, colours and logos, read again every ten seconds at most, so that no page
 * asks for them. Before the first reading there is no contact to show.
 */
export function rememberOrganisations(systemCtx: () => Ctx, siblings: Siblings = noSiblings) {
  let known: Organisation[] = [];
  let looks = new Map<string, OrganisationLook>();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  async function read(): Promise<void> {
    const [organisations, found] = await Promise.all([listOrganisations(systemCtx()), listLooks(systemCtx())]);
    known = organisations;
    looks = new Map(found.map((look) => [look.organisationId, look]));
    readAt = performance.now();
  }

  const outdated = () => {
    readAt = Number.NEGATIVE_INFINITY;
    return '';
  };
  siblings.answer('looks', outdated);

  async function refresh(): Promise<void> {
    if (performance.now() - readAt < freshForMs) return;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    await reading;
  }

  /** For the next page: this one shows what is known. */
  function refreshAside(): void {
    refresh().catch(() => undefined);
  }

  return {
    refresh,
    support: (locale: Locale): SupportContact => {
      refreshAside();
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
    /** What pages wear: of the organisation somebody works for, else of the only one there is. */
    lookOf(organisationId: string | undefined): Look | undefined {
      const only = looks.size === 1 ? looks.keys().next().value : undefined;
      const look = looks.get(organisationId ?? only ?? '');
      return look && lookShown(look);
    },
    brandOf(organisationId: string): Brand | undefined {
      refreshAside();
      return looks.get(organisationId)?.brand;
    },
    /** A change made here is seen at once. */
    forget(): void {
      outdated();
      void siblings.ask('looks');
    },
  };
}

function lookShown({ organisationId, brand, logo }: OrganisationLook): Look {
  return {
    sheet: brand && sheetHref(organisationId, brand),
    logo: logo && { src: logoHref(organisationId, logo.hash), width: logo.width, height: logo.height },
  };
}

function contactOf({ support }: Organisation, locale: Locale): SupportContact {
  return { phone: support.phone, email: support.email, hours: locale === 'en' ? support.hoursEn : support.hoursFr };
}
