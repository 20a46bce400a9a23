import { z } from 'zod';
import type { SignedInCtx } from '#context';
import type { HeldRole } from '#domain/organisations/api.ts';
import { accessAdministration } from '#domain/organisations/api.ts';
import { foldWords } from './search-words.ts';
import { type StaffRow, selectStaff } from './staff-queries.ts';

export const staffPerPage = 20;

/** `elsewhere`: suspended for the whole installation, which only its own administrator lifts. */
export type MemberState = 'active' | 'suspended' | 'elsewhere' | 'ended';
export type Member = { personaId: string; address: string; name: string | undefined; state: MemberState; roles: HeldRole[]; hasComeIn: boolean };
export type StaffPage = { rows: Member[]; page: number; pages: number; total: number; size: number };

/** `ended`: those whose account was deleted, rather than those who have one. */
export type StaffAsked = { organisationId: string; search: string; ended: boolean; page: number };

/** One page of an organisation's people by address, found by any word of their name or address; undefined for whoever is not its administrator. */
export async function listStaff(ctx: SignedInCtx, asked: StaffAsked): Promise<StaffPage | undefined> {
  if (!accessAdministration(ctx, asked.organisationId).ok) return undefined;
  const words = foldWords(asked.search);
  const found = await selectStaff(ctx, { ...asked, words, limit: staffPerPage, offset: (asked.page - 1) * staffPerPage });
  // Past the end, or gone meanwhile: the first page.
  if (found.total === 0 && asked.page > 1) return listStaff(ctx, { ...asked, page: 1 });
  const pages = Math.max(1, Math.ceil(found.total / staffPerPage));
  return { rows: found.rows.map(toMember), page: asked.page, pages, total: found.total, size: staffPerPage };
}

/** One of an organisation's people, for its administrators. */
export async function findMember(ctx: SignedInCtx, place: { organisationId: string; personaId: string }): Promise<Member | undefined> {
  if (!accessAdministration(ctx, place.organisationId).ok || !z.uuid().safeParse(place.personaId).success) return undefined;
  const { rows } = await selectStaff(ctx, { ...place, words: [], limit: 1, offset: 0 });
  return rows[0] && toMember(rows[0]);
}

function toMember(row: StaffRow): Member {
  const { profileStatus, name, ...member } = row;
  return { ...member, name: name || undefined, state: stateOf(row) };
}

function stateOf({ roles, profileStatus }: StaffRow): MemberState {
  const has = (status: HeldRole['status']) => roles.some((role) => role.status === status);
  if (!has('active') && !has('suspended')) return 'ended';
  if (profileStatus === 'suspended') return 'elsewhere';
  return has('active') ? 'active' : 'suspended';
}
