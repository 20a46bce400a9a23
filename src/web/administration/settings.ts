import type { MessageKey } from '#messages/translate.ts';
import { formatBytes } from '#shared/bytes.ts';
import type { View } from '#web/layout/view.ts';

/** The settings of the policy by the names under which the domain compares and traces them. */
const names = {
  'expiry-standard': 'administration.setting.expiry-standard',
  'expiry-min': 'administration.setting.expiry-min',
  'expiry-max': 'administration.setting.expiry-max',
  'files-bytes': 'administration.setting.files-bytes',
  'file-types': 'administration.setting.file-types',
  'recipient-domains': 'administration.setting.recipient-domains',
  'title-in-notices': 'administration.setting.title-in-notices',
  'activities-for-participants': 'administration.setting.activities-for-participants',
  locales: 'administration.setting.locales',
  'wording-fr': 'administration.setting.wording-fr',
  'wording-en': 'administration.setting.wording-en',
  'brand-light': 'administration.setting.brand-light',
  'brand-dark': 'administration.setting.brand-dark',
  'brand-header': 'administration.setting.brand-header',
  'support-phone': 'administration.setting.support-phone',
  'support-email': 'administration.setting.support-email',
  'hours-fr': 'administration.setting.hours-fr',
  'hours-en': 'administration.setting.hours-en',
  logo: 'administration.setting.logo',
} as const satisfies Record<string, MessageKey>;

/** A setting's name for people; a name that a newer Pli wrote stands as it is. */
export function settingName({ t }: View, setting: string): string {
  return Object.hasOwn(names, setting) ? t(names[setting as keyof typeof names]) : setting; // as: it is one of its own keys
}

/** A setting's value for people: lists on a line, sizes in their unit, yes and no, a dash for nothing. */
export function settingValue({ t, locale }: View, setting: string, value: unknown): string {
  if (value === true || value === false) return t(value ? 'administration.value.yes' : 'administration.value.no');
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : t('administration.value.all');
  if (value === null || value === undefined) return t('administration.value.none');
  return setting === 'files-bytes' ? formatBytes(Number(value), locale) : String(value);
}
