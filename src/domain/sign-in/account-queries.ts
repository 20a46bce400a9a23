import type { Ctx } from '#context';
import { type Locale, locales } from '#shared/locales.ts';
import { tokenHash } from './secrets.ts';

/** Who stands behind an address, if anybody. */
export type Account = {
  personaId: string | undefined;
  /** Nobody acts under this address: the organisation it belongs to has closed it. */
  closed: boolean;
  profile: { id: string; suspended: boolean; locale: Locale | undefined } | undefined;
  /** The address as its persona has it, else as it was typed. */
  address: string;
  /** Tries and codes are counted by lane: this browser's own when the profile has signed in here before, else that of all strangers together. */
  lane: string;
};

/** One query, the same for known and unknown. */
export async function findAccount(ctx: Ctx, typed: { address: string; addressKey: string }, device: string | undefined): Promise<Account> {
  const deviceHash = device === undefined ? '' : tokenHash(device);
  const row = await ctx.db
    .selectFrom('personas')
    .leftJoin('profiles', 'profiles.id', 'personas.profile_id')
    .leftJoin('known_devices', (join) => join.onRef('known_devices.profile_id', '=', 'profiles.id').on('known_devices.device_hash', '=', deviceHash))
    .select(['personas.id', 'personas.address', 'personas.closed_at', 'profiles.id as profile_id', 'profiles.status', 'profiles.locale'])
    .select('known_devices.device_hash')
    .where('personas.address_key', '=', typed.addressKey)
    .executeTakeFirst();
  return {
    personaId: row?.id,
    closed: row?.closed_at != null,
    profile: row?.profile_id
      ? { id: row.profile_id, suspended: row.status !== 'active' || row.closed_at !== null, locale: locales.find((locale) => locale === row.locale) }
      : undefined,
    address: row?.address ?? typed.address,
    lane: row?.device_hash ?? strangersLane,
  };
}

export const strangersLane = 'strangers';
