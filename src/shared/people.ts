import { z } from 'zod';

/** What a person may be in an organisation. Participants need no membership: a participation in a conversation is enough. */
export const roles = ['collaborator', 'administrator'] as const;
export type Role = (typeof roles)[number];

export const limits = { displayName: 120, address: 254, addresses: 20 } as const;

/**
 * An e-mail address as people type it: trimmed, NFC, at most 254 characters (RFC 5321 §4.5.3.1.3 with the path's brackets removed).
 * Quoted local parts and address literals are refused: nobody types them and no notice would reach them. So are invisible characters: they
 * come with a copy and paste, or make one address look like another.
 */
export const addressSchema = z
  .string()
  .transform((typed) => typed.normalize('NFC').trim())
  .pipe(
    z
      .string()
      .max(limits.address)
      .regex(/^[^\s@<>()[\],;:\\"\p{Cc}\p{Cf}\p{Cs}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u),
  );

/** The form under which an address is compared and unique: lower case, NFC. */
export function addressKey(address: string): string {
  return address.normalize('NFC').trim().toLowerCase();
}

/** The name a person gives: one line, trimmed, spaces folded. Says which fault, never throws. */
export function nameFault(typed: string): (typeof peopleRefusals)[number] | undefined {
  if (!typed.isWellFormed() || /\p{Cc}/u.test(typed.trim())) return 'person.name-unreadable';
  const name = foldName(typed);
  if (name === '') return 'person.name-missing';
  return [...name].length > limits.displayName ? 'person.name-too-long' : undefined;
}

/** The name as it is kept: NFC, one space between words, none of the marks that turn the reading of what follows around. */
export function foldName(typed: string): string {
  return typed
    .normalize('NFC')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** `j•••@courriel.example`: enough to recognise one's own address, too little to learn somebody's. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${[...address.slice(0, at)][0] ?? ''}•••${address.slice(at)}`;
}

export const peopleRefusals = [
  'person.name-missing',
  'person.name-too-long',
  'person.name-unreadable',
  'person.address-taken',
  'person.address-yours',
  'person.address-elsewhere',
  'person.address-closed',
  'person.address-last',
  'person.address-of-member',
  'person.addresses-too-many',
  'person.joinings-too-many',
  'person.quiet-hours-missing',
  'person.quiet-days-missing',
  'person.quiet-endless',
  'person.setting-unknown',
  'person.not-found',
  'person.has-password',
  'organisation.not-found',
  'member.last-administrator',
  'member.no-role',
  'member.suspended-everywhere',
  'member.left-before',
  'member.address-not-valid',
  'member.invited-already',
  'handover.under-way',
] as const;
