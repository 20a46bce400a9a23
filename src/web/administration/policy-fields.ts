import type { CurrentPolicy } from '#domain/administration/api.ts';
import { ownBrand } from '#shared/brand.ts';

/** A setting that somebody else has decided otherwise since: as it is now, and as it was typed here. */
export type Difference = { setting: string; now: unknown; typed: unknown };

const megabyte = 1024 * 1024;

/** A policy as its form shows it: the fields that `readPolicy` reads. */
export function fieldsOf(policy: CurrentPolicy): Record<string, string> {
  const { expiryDays, brand = ownBrand, support, noticeWording } = policy;
  return {
    expiration: expiryDays.standard === undefined ? '' : String(expiryDays.standard),
    'expiration-min': String(expiryDays.min),
    'expiration-max': String(expiryDays.max),
    taille: String(Math.floor(policy.filesBytes / megabyte)),
    types: policy.fileTypes.join(', '),
    domaines: policy.recipientDomains.join('\n'),
    ...(policy.titleInNotices ? { 'titre-avis': 'on' } : {}),
    activites: policy.activitiesForParticipants ? 'tous' : 'collaborateurs',
    ...Object.fromEntries(policy.locales.map((locale) => [`langue-${locale}`, 'on'])),
    'phrase-fr': noticeWording.fr ?? '',
    'phrase-en': noticeWording.en ?? '',
    couleurs: policy.brand ? 'organisation' : 'pli',
    'couleur-claire': brand.light,
    'couleur-sombre': brand.dark,
    'couleur-bandeau': brand.header,
    telephone: support.phone ?? '',
    courriel: support.email ?? '',
    'heures-fr': support.hoursFr ?? '',
    'heures-en': support.hoursEn ?? '',
  };
}
