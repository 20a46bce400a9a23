import { brandRatios } from './brand.ts';
import { leastContrast } from './contrast.ts';
import { conversationLimits } from './conversations.ts';
import { locales } from './locales.ts';
import { addressSchema } from './people.ts';
import { type Brand, holdsLink, noticeWordingLength, type Policy } from './policy.ts';

/** Bounds of what an administrator may decide. */
export const policyLimits = { days: 3660, listed: 100, contact: 120 } as const;

export const policyRefusals = [
  'policy.days',
  'policy.days-order',
  'policy.size',
  'policy.types',
  'policy.domains',
  'policy.locales-none',
  'policy.wording-unreadable',
  'policy.wording-too-long',
  'policy.wording-link',
  'policy.contact-unreadable',
  'policy.contact-address',
  'policy.colour',
  'policy.contrast',
  'policy.changed-meanwhile',
  'policy.logo-none',
  'policy.logo-size',
  'policy.logo-format',
  'policy.logo-dimensions',
] as const;
export type PolicyRefusal = (typeof policyRefusals)[number];

/** Whom people call, as the organisation writes it (000-56). */
export type SupportDetails = { phone: string | undefined; email: string | undefined; hoursFr: string | undefined; hoursEn: string | undefined };

/** What the form of the policy decides: everything but the version, which says what it was decided upon. */
export type PolicyDraft = Omit<Policy, 'version'> & { support: SupportDetails };

export type PolicyFault = { field: string; code: PolicyRefusal; data?: Record<string, string | number> };
export type ReadPolicy = { ok: true; value: PolicyDraft } | { ok: false; faults: PolicyFault[] };

type Fields = Readonly<Record<string, string>>;
type Fault = (field: string, code: PolicyRefusal, data?: PolicyFault['data']) => void;

/** Reads «Politique» as posted, and names every fault at once; a field's name is its id in the form. */
export function readPolicy(fields: Fields): ReadPolicy {
  const faults: PolicyFault[] = [];
  const fault: Fault = (field, code, data) => faults.push(data ? { field, code, data } : { field, code });
  const value: PolicyDraft = {
    expiryDays: expiryPart(fields, fault),
    filesBytes: sizePart(fields, fault),
    fileTypes: listPart(fields, fault, { field: 'types', code: 'policy.types', shape: /^[a-z0-9]{1,12}$/u, bare: (word) => word.replace(/^\*?\./u, '') }),
    recipientDomains: listPart(fields, fault, {
      field: 'domaines',
      code: 'policy.domains',
      shape: /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u,
      bare: (word) => word.replace(/^\*?@/u, ''),
    }),
    titleInNotices: fields['titre-avis'] === 'on',
    activitiesForParticipants: fields.activites !== 'collaborateurs',
    locales: locales.filter((locale) => fields[`langue-${locale}`] === 'on'),
    noticeWording: { fr: wordingPart(fields, fault, 'phrase-fr'), en: wordingPart(fields, fault, 'phrase-en') },
    brand: brandPart(fields, fault),
    support: supportPart(fields, fault),
  };
  if (value.locales.length === 0) fault('langues', 'policy.locales-none');
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value };
}

function expiryPart(fields: Fields, fault: Fault): Policy['expiryDays'] {
  const days = (field: string) => {
    const typed = fields[field]?.trim() ?? '';
    if (/^\d{1,4}$/u.test(typed) && Number(typed) >= 1 && Number(typed) <= policyLimits.days) return Number(typed);
    fault(field, 'policy.days', { days: policyLimits.days });
    return 1;
  };
  const standard = (fields.expiration ?? '').trim() === '' ? undefined : days('expiration');
  const [min, max] = [days('expiration-min'), days('expiration-max')];
  // A calendar year less one day is 365 days when a 29 February lies inside (S-03).
  const wanted = standard ?? 365;
  if (min > max || wanted < min || wanted > max) fault('expiration-max', 'policy.days-order', { min, max, days: wanted });
  return { standard, min, max };
}

const megabyte = 1024 * 1024;

function sizePart(fields: Fields, fault: Fault): number {
  const most = conversationLimits.filesBytes / megabyte;
  const typed = fields.taille?.trim() ?? '';
  if (/^\d{1,4}$/u.test(typed) && Number(typed) >= 1 && Number(typed) <= most) return Number(typed) * megabyte;
  fault('taille', 'policy.size', { limit: most });
  return conversationLimits.filesBytes;
}

type Listed = { field: string; code: PolicyRefusal; shape: RegExp; bare: (word: string) => string };

/** Words apart by spaces, commas or lines, each once, in small letters. */
function listPart(fields: Fields, fault: Fault, { field, code, shape, bare }: Listed): string[] {
  const typed = (fields[field] ?? '').normalize('NFC').toLowerCase();
  const words = [...new Set(typed.split(/[\s,;]+/u).filter((word) => word !== ''))].map(bare);
  const wrong = words.filter((word) => !shape.test(word));
  if (wrong.length > 0 || words.length > policyLimits.listed) {
    fault(field, code, { words: wrong.slice(0, 5).join(', ').slice(0, 200), limit: policyLimits.listed });
  }
  return [...new Set(words)];
}

function wordingPart(fields: Fields, fault: Fault, field: string): string | undefined {
  const typed = line(fields[field]);
  if (typed === undefined) fault(field, 'policy.wording-unreadable');
  else if (typed.length > noticeWordingLength) fault(field, 'policy.wording-too-long', { count: typed.length, limit: noticeWordingLength });
  else if (holdsLink(typed)) fault(field, 'policy.wording-link');
  return typed || undefined;
}

/** The numbers and hours an organisation shows on every page and in every mail: one line each. */
function supportPart(fields: Fields, fault: Fault): SupportDetails {
  const part = (field: string) => {
    const typed = line(fields[field]);
    if (typed === undefined || typed.length > policyLimits.contact) fault(field, 'policy.contact-unreadable', { limit: policyLimits.contact });
    return typed || undefined;
  };
  const email = part('courriel');
  if (email && !addressSchema.safeParse(email).success) fault('courriel', 'policy.contact-address');
  return { phone: part('telephone'), email, hoursFr: part('heures-fr'), hoursEn: part('heures-en') };
}

/** One line, spaces folded; undefined when it cannot be read. Marks that turn the reading around are left out. */
function line(typed = ''): string | undefined {
  if (!typed.isWellFormed() || /[^\P{Cc}\s]/u.test(typed)) return undefined;
  return typed
    .normalize('NFC')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

const colourFields = { light: 'couleur-claire', dark: 'couleur-sombre', header: 'couleur-bandeau' } as const satisfies Record<keyof Brand, string>;

function brandPart(fields: Fields, fault: Fault): Brand | undefined {
  if (fields.couleurs !== 'organisation') return undefined;
  const colour = (field: string) => (fields[field] ?? '').trim().toLowerCase();
  const brand: Brand = { light: colour(colourFields.light), dark: colour(colourFields.dark), header: colour(colourFields.header) };
  const kinds = ['light', 'dark', 'header'] as const;
  const unreadable = kinds.filter((kind) => !/^#[0-9a-f]{6}$/u.test(brand[kind]));
  for (const kind of unreadable) fault(colourFields[kind], 'policy.colour');
  if (unreadable.length > 0) return undefined;
  const ratios = brandRatios(brand);
  for (const kind of kinds.filter((one) => ratios[one] < leastContrast)) {
    fault(colourFields[kind], 'policy.contrast', { ratio: Math.floor(ratios[kind] * 10) / 10, least: leastContrast });
  }
  return brand;
}
