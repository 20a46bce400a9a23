import { wordFields } from '#shared/drafts.ts';
import { utcDay } from '#shared/expiry.ts';

/** What a draft is for: an answer as one persona, or a new conversation. A profile has at most one draft of each. */
export type DraftPlace = { conversationId: string; personaId: string } | 'new';

/** The fields of a form as typed, and the files already received for it. */
export type Draft = { fields: Record<string, string>; uploadIds: string[] };

/** `version` is the number of the draft that the page started from, 0 for none; `writer`, the key of that page's form. */
export type DraftToKeep = { draft: Draft; version: number; writer: string };

/**
 * What became of it. `apart`: somebody else's page has written the draft meanwhile; both are kept, this one beside it. Version 0: there is
 * nothing to keep any more.
 */
export type KeptDraft = { version: number; savedAt: Date; apart: boolean };

export type Version = { draft: Draft; writer: string; savedAt: string };

/** What is sealed. `parked`: kept from a form sent once its session had ended. */
export type Content = { latest: Version; aside: Version[]; parked: boolean };

export function isEmpty({ fields, uploadIds }: Draft): boolean {
  return uploadIds.length === 0 && wordFields.every((name) => (fields[name] ?? '').trim() === '');
}

export function isSame(one: Draft, other: Draft): boolean {
  const text = ({ fields, uploadIds }: Draft) => JSON.stringify([Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1)), [...uploadIds].sort()]);
  return text(one) === text(other);
}

/** Every file of every version. */
export function uploadsOf({ latest, aside }: Content): string[] {
  return [...new Set([latest, ...aside].flatMap(({ draft }) => draft.uploadIds))];
}

export function toColumns(place: DraftPlace): { conversationId: string | null; personaId: string | null } {
  return place === 'new' ? { conversationId: null, personaId: null } : place;
}

/** What sealed bytes are bound to: they open for this person, on this page, and nowhere else. */
export function contextOf(profileId: string, place: DraftPlace): string {
  return place === 'new' ? `draft:${profileId}:new` : `draft:${profileId}:${place.conversationId}:${place.personaId}`;
}

/** The end of a UTC day, so that neither the draft's key nor its files' are wrapped again more than once a day. */
export function discardAtOf(now: Date, days: number): { discardAt: Date; keyDay: string } {
  const last = new Date(now);
  last.setUTCDate(last.getUTCDate() + days);
  const keyDay = utcDay(last);
  last.setUTCHours(24, 0, 0, 0);
  return { discardAt: last, keyDay };
}
