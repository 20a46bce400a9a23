import { dayMilliseconds, expiryOf, utcDay } from '../../src/shared/expiry.ts';
import { idOf } from './ids.ts';
import { conversationOfPair, openedAt, openersOf, type Plan, partsOf, peopleIn } from './plan.ts';
import type { Sealing } from './sealing.ts';
import { addressOf, nameOf } from './texts.ts';

/** Ids that many rows name, by number. */
type Ids = { personas: string[]; conversations: string[] };
export type Filling = { plan: Plan; ids: Ids; now: number; organisationId: string; zone: string; passwordRecord: string; sealing: Sealing };

export function idsOf({ plan, now }: Pick<Filling, 'plan' | 'now'>): Ids {
  return {
    personas: Array.from({ length: plan.sizes.people }, (_, person) => idOf('persona', person, arrivedAt({ now }))),
    conversations: Array.from(plan.createdAt, (at, c) => idOf('conversation', c, at)),
  };
}

/** A table, its columns, and its lines in the text format of COPY, without their ends. */
export type TableRows = { table: string; columns: string[]; lines: () => Generator<string> };

/** Everything the verbs would have left behind, table by table, in an order that foreign keys allow; rows lie in the order of time. */
export function tablesOf(filling: Filling): TableRows[] {
  return [
    { table: 'profiles', columns: ['id', 'display_name', 'locale', 'created_at'], lines: () => profiles(filling) },
    { table: 'personas', columns: ['id', 'profile_id', 'address', 'address_key', 'confirmed_at', 'created_at'], lines: () => personas(filling) },
    { table: 'sign_in_methods', columns: ['id', 'profile_id', 'kind', 'secret', 'created_at'], lines: () => passwords(filling) },
    { table: 'memberships', columns: ['organisation_id', 'id', 'persona_id', 'role', 'created_at'], lines: () => memberships(filling) },
    { table: 'conversations', columns: conversationColumns, lines: () => conversations(filling) },
    { table: 'participations', columns: ['organisation_id', 'conversation_id', 'persona_id', 'role', 'added_at'], lines: () => participations(filling) },
    { table: 'messages', columns: messageColumns, lines: () => messages(filling) },
    { table: 'openings', columns: ['organisation_id', 'message_id', 'persona_id', 'opened_at'], lines: () => openings(filling) },
    { table: 'activities', columns: activityColumns, lines: () => activities(filling) },
    { table: 'inboxes', columns: inboxColumns, lines: () => inboxes(filling) },
    { table: 'inbox_totals', columns: ['persona_id', 'conversations', 'unread'], lines: () => totals(filling) },
  ];
}

const conversationColumns = [
  ...['organisation_id', 'id', 'holder_persona_id', 'title', 'wrapped_key', 'key_day'],
  ...['last_expires_at', 'message_count', 'last_activity_at', 'created_at'],
];
const messageColumns = [
  ...['organisation_id', 'id', 'conversation_id', 'position', 'sender_persona_id', 'body', 'wrapped_key', 'key_day'],
  ...['sent_at', 'expires_at', 'remind_at', 'post_key'],
];
const activityColumns = ['organisation_id', 'id', 'conversation_id', 'at', 'kind', 'persona_id', 'message_id', 'subject_persona_id'];
const inboxColumns = [
  ...['persona_id', 'conversation_id', 'organisation_id', 'last_activity_at', 'unread_count', 'displayed_at', 'oldest_unopened'],
  ...['sent_count', 'opened_count', 'last_opened_at'],
];

const none = '\\N';

/** Days are written once: a million times `toISOString` would be half a minute. */
const days = new Map<number, string>();
function instant(at: number): string {
  const day = Math.floor(at / dayMilliseconds);
  const date = days.get(day) ?? utcDay(new Date(at));
  days.set(day, date);
  const second = Math.floor((at - day * dayMilliseconds) / 1000);
  const [hours, minutes] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
  return `${date} ${hours}:${minutes}:${second % 60}.${String(Math.floor(at) % 1000).padStart(3, '0')}Z`;
}

const bytes = (buffer: Buffer) => `\\\\x${buffer.toString('hex')}`;

/** Before everything else that is told of anybody. */
const arrivedAt = ({ now }: Pick<Filling, 'now'>) => now - 400 * dayMilliseconds;
const profileId = (filling: Filling, person: number) => idOf('profile', person, arrivedAt(filling));
const personaIdOf = ({ ids }: Filling, person: number) => ids.personas[person] ?? '';
const conversationIdOf = ({ ids }: Filling, c: number) => ids.conversations[c] ?? '';
const messageId = ({ plan }: Filling, m: number) => idOf('message', m, plan.sentAt[m] ?? 0);

function* everybody({ plan }: Filling): Generator<number> {
  for (let person = 0; person < plan.sizes.people; person++) yield person;
}

function* profiles(filling: Filling): Generator<string> {
  for (const person of everybody(filling)) yield `${profileId(filling, person)}\t${nameOf(person)}\tfr-CA\t${instant(arrivedAt(filling))}`;
}

function* personas(filling: Filling): Generator<string> {
  const at = instant(arrivedAt(filling));
  for (const person of everybody(filling)) {
    const address = addressOf(person);
    yield `${personaIdOf(filling, person)}\t${profileId(filling, person)}\t${address}\t${address}\t${at}\t${at}`;
  }
}

/** One record for all: hashed once, by Pli's own hasher. */
function* passwords(filling: Filling): Generator<string> {
  const at = arrivedAt(filling);
  for (const person of everybody(filling)) {
    yield `${idOf('password', person, at)}\t${profileId(filling, person)}\tpassword\t${filling.passwordRecord}\t${instant(at)}`;
  }
}

function* memberships(filling: Filling): Generator<string> {
  const at = arrivedAt(filling);
  for (let person = 0; person < filling.plan.sizes.holders; person++) {
    yield `${filling.organisationId}\t${idOf('membership', person, at)}\t${personaIdOf(filling, person)}\tcollaborator\t${instant(at)}`;
  }
}

function* conversations(filling: Filling): Generator<string> {
  const { plan, organisationId, sealing } = filling;
  for (const c of byTime(plan.createdAt)) {
    const id = conversationIdOf(filling, c);
    const last = (plan.first[c] ?? 0) + (plan.count[c] ?? 0) - 1;
    const expiresAt = expiry(filling, plan.sentAt[last] ?? 0);
    const day = utcDay(expiresAt);
    const { title, wrappedKey } = sealing.conversation({ c, id, day });
    const times = `${instant(lastAt(plan, c))}\t${instant(plan.createdAt[c] ?? 0)}`;
    const holder = personaIdOf(filling, plan.holder[c] ?? 0);
    yield `${organisationId}\t${id}\t${holder}\t${bytes(title)}\t${bytes(wrappedKey)}\t${day}\t${instant(expiresAt.getTime())}\t${plan.count[c]}\t${times}`;
  }
}

function* participations(filling: Filling): Generator<string> {
  const { plan, organisationId } = filling;
  for (const c of byTime(plan.createdAt)) {
    const at = instant(plan.createdAt[c] ?? 0);
    for (const [n, person] of peopleIn(plan, c).entries()) {
      yield `${organisationId}\t${conversationIdOf(filling, c)}\t${personaIdOf(filling, person)}\t${n === 0 ? 'holder' : 'participant'}\t${at}`;
    }
  }
}

function* messages(filling: Filling): Generator<string> {
  const { plan, organisationId, sealing } = filling;
  for (const m of byTime(plan.sentAt)) {
    const c = plan.conversation[m] ?? 0;
    const [id, sentAt] = [messageId(filling, m), plan.sentAt[m] ?? 0];
    const expiresAt = expiry(filling, sentAt);
    const day = utcDay(expiresAt);
    const { body, wrappedKey } = sealing.message({ m, id, day });
    const place = `${conversationIdOf(filling, c)}\t${m - (plan.first[c] ?? 0) + 1}\t${personaIdOf(filling, plan.sender[m] ?? 0)}`;
    const times = `${instant(sentAt)}\t${instant(expiresAt.getTime())}\t${instant(expiresAt.getTime() - 7 * dayMilliseconds)}`;
    yield `${organisationId}\t${id}\t${place}\t${bytes(body)}\t${bytes(wrappedKey)}\t${day}\t${times}\t${id}`;
  }
}

function* openings(filling: Filling): Generator<string> {
  const { plan, organisationId } = filling;
  for (const m of byTime(plan.sentAt)) {
    const id = messageId(filling, m);
    for (const person of openersOf(plan, m)) yield `${organisationId}\t${id}\t${personaIdOf(filling, person)}\t${instant(openedAt(plan, m, person))}`;
  }
}

/** A line for the conversation, for each of its participants, for each message and for each opening. */
function* activities(filling: Filling): Generator<string> {
  const { plan, organisationId } = filling;
  let n = 0;
  const line = (c: number, at: number, what: string) =>
    `${organisationId}\t${idOf('activity', n++, at)}\t${conversationIdOf(filling, c)}\t${instant(at)}\t${what}`;
  for (const m of byTime(plan.sentAt)) {
    const c = plan.conversation[m] ?? 0;
    const at = plan.sentAt[m] ?? 0;
    if (m === plan.first[c]) {
      const [holder = 0, ...others] = peopleIn(plan, c);
      const by = personaIdOf(filling, holder);
      yield line(c, at, `created\t${by}\t${none}\t${none}`);
      for (const person of others) yield line(c, at, `participant-added\t${by}\t${none}\t${personaIdOf(filling, person)}`);
    }
    const id = messageId(filling, m);
    yield line(c, at, `message-posted\t${personaIdOf(filling, plan.sender[m] ?? 0)}\t${id}\t${none}`);
    for (const person of openersOf(plan, m)) yield line(c, openedAt(plan, m, person), `message-opened\t${personaIdOf(filling, person)}\t${id}\t${none}`);
  }
}

type Inbox = { unread: number; oldest: number | undefined; sent: number; opened: number; lastOpened: number | undefined };

function inboxOf(plan: Plan, c: number, person: number): Inbox {
  const inbox: Inbox = { unread: 0, oldest: undefined, sent: 0, opened: 0, lastOpened: undefined };
  const first = plan.first[c] ?? 0;
  for (let m = first; m < first + (plan.count[c] ?? 0); m++) {
    if (plan.sender[m] === person) inbox.sent += 1;
    else if (openersOf(plan, m).includes(person)) {
      inbox.opened += 1;
      inbox.lastOpened = Math.max(inbox.lastOpened ?? 0, openedAt(plan, m, person));
    } else {
      inbox.unread += 1;
      inbox.oldest ??= m - first + 1;
    }
  }
  return inbox;
}

function* inboxes(filling: Filling): Generator<string> {
  const { plan, organisationId } = filling;
  for (const c of byTime(plan.createdAt)) {
    const [id, at] = [conversationIdOf(filling, c), instant(lastAt(plan, c))];
    for (const [n, person] of peopleIn(plan, c).entries()) {
      const inbox = inboxOf(plan, c, person);
      const displayed = n === 0 || inbox.opened + inbox.sent > 0 ? instant(plan.createdAt[c] ?? 0) : none;
      const counts = `${inbox.sent}\t${inbox.opened}\t${inbox.lastOpened === undefined ? none : instant(inbox.lastOpened)}`;
      yield `${personaIdOf(filling, person)}\t${id}\t${organisationId}\t${at}\t${inbox.unread}\t${displayed}\t${inbox.oldest ?? none}\t${counts}`;
    }
  }
}

function* totals(filling: Filling): Generator<string> {
  const { plan } = filling;
  const conversationsOf = new Uint32Array(plan.sizes.people);
  const unreadOf = new Uint32Array(plan.sizes.people);
  for (let c = 0; c < plan.sizes.conversations; c++) {
    for (const person of peopleIn(plan, c)) {
      conversationsOf[person] = (conversationsOf[person] ?? 0) + 1;
      unreadOf[person] = (unreadOf[person] ?? 0) + inboxOf(plan, c, person).unread;
    }
  }
  for (const person of everybody(filling)) yield `${personaIdOf(filling, person)}\t${conversationsOf[person]}\t${unreadOf[person]}`;
}

/** Numbers of things in the order of their instants. */
function byTime(instants: Float64Array): Uint32Array {
  return Uint32Array.from(instants.keys()).sort((a, b) => (instants[a] ?? 0) - (instants[b] ?? 0));
}

function lastAt(plan: Plan, c: number): number {
  const last = (plan.first[c] ?? 0) + (plan.count[c] ?? 0) - 1;
  let at = 0;
  for (let m = plan.first[c] ?? 0; m <= last; m++) {
    at = Math.max(at, plan.sentAt[m] ?? 0);
    for (const person of openersOf(plan, m)) at = Math.max(at, openedAt(plan, m, person));
  }
  return at;
}

const hourMs = 3_600_000;
const expiries = new Map<number, number>();

/** The rule of the product, asked once an hour of the past: clocks are changed on the hour. */
function expiry({ zone }: Filling, sentAt: number): Date {
  const hour = Math.floor(sentAt / hourMs);
  const known = expiries.get(hour) ?? expiryOf(new Date(hour * hourMs), zone, undefined).getTime();
  expiries.set(hour, known);
  return new Date(known + sentAt - hour * hourMs);
}

/** Who can be asked for, by the name of their part. */
export function castOf(filling: Filling) {
  const { sizes } = filling.plan;
  const parts = partsOf(sizes);
  const person = (n: number) => ({ address: addressOf(n), personaId: personaIdOf(filling, n) });
  return {
    long: person(parts.long),
    short: person(parts.short),
    pairs: Array.from({ length: sizes.pairs }, (_, n) => {
      const [one, other] = parts.pair(n);
      return { conversationId: conversationIdOf(filling, conversationOfPair(sizes, n)), one: person(one), other: person(other) };
    }),
    others: Array.from({ length: sizes.people - parts.firstOther }, (_, n) => person(parts.firstOther + n).address),
  };
}
