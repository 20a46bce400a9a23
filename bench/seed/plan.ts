/** How much of everything there is. Whatever the scale, one persona has 10 000 conversations and another 20, and 500 pairs may be written to. */
export type Sizes = {
  people: number;
  /** The first people: they hold the conversations, and never sign in here, for staff would be asked for a code. */
  holders: number;
  conversations: number;
  longList: number;
  /** Of the long list's conversations, those with one envelope that is still sealed. */
  unread: number;
  shortList: number;
  /** Conversations of two participants each, of whom nobody is in another pair: what `post` and `live` write in. */
  pairs: number;
};

const shortList = 20;

/** At 1: 100 000 conversations, 1 000 000 messages, 2 000 000 activities, 5 000 people. The long list does not shrink. */
export function sizesAt(scale: number): Sizes {
  const longList = 10_000;
  const pairs = 500;
  const people = Math.max(1_200, Math.round(5_000 * scale));
  const others = Math.max(shortList + pairs, Math.round((90_000 * scale) / 10) * 10);
  return { people, holders: Math.round(people / 20), conversations: longList + others, longList, unread: 500, shortList, pairs };
}

/** Messages of neighbouring conversations: ten on average. */
const lengths = [3, 3, 4, 5, 6, 8, 10, 14, 19, 28];
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** The oldest conversation; messages live a year less a day, so that nothing expires for two months. */
const pastMs = 300 * dayMs;
const gapMs = 20 * hourMs;
const nobody = 0xffff_ffff;

/** Who wrote what to whom, when, and who opened it: numbers alone, the same each time for the same sizes and instant. People are numbers too. */
export type Plan = {
  sizes: Sizes;
  /** By conversation. Of a pair, `reader` and `third`; elsewhere there is no third. The first message's number, and how many follow. */
  holder: Uint32Array;
  reader: Uint32Array;
  third: Uint32Array;
  first: Uint32Array;
  count: Uint16Array;
  /** The last messages, which nobody has opened. */
  unopened: Uint8Array;
  createdAt: Float64Array;
  /** By message, those of one conversation together, in its order. Milliseconds since 1970. */
  conversation: Uint32Array;
  sender: Uint32Array;
  sentAt: Float64Array;
};

/** The people whose part is special. */
export function partsOf({ holders, pairs }: Sizes) {
  return { long: holders, short: holders + 1, pair: (n: number) => [holders + 2 + 2 * n, holders + 3 + 2 * n] as const, firstOther: holders + 2 + 2 * pairs };
}

export function planData(sizes: Sizes, now: number): Plan {
  const { conversations } = sizes;
  const counts = Uint16Array.from({ length: conversations }, (_, c) => lengths[c % lengths.length] ?? 0);
  const messages = counts.reduce((sum, count) => sum + count, 0);
  const plan: Plan = {
    sizes,
    holder: Uint32Array.from({ length: conversations }, (_, c) => drawn(c, 1) % sizes.holders),
    reader: Uint32Array.from({ length: conversations }, (_, c) => readerOf(sizes, c)),
    third: Uint32Array.from({ length: conversations }, (_, c) => thirdOf(sizes, c)),
    first: new Uint32Array(conversations),
    count: counts,
    unopened: Uint8Array.from({ length: conversations }, (_, c) => unopenedOf(sizes, c)),
    createdAt: new Float64Array(conversations),
    conversation: new Uint32Array(messages),
    sender: new Uint32Array(messages),
    sentAt: new Float64Array(messages),
  };
  let next = 0;
  for (let c = 0; c < conversations; c++) next = planMessages(plan, { c, next, now });
  return plan;
}

function planMessages(plan: Plan, { c, next, now }: { c: number; next: number; now: number }): number {
  const count = plan.count[c] ?? 0;
  const created = now - pastMs + Math.floor((drawn(c, 2) / 2 ** 32) * (pastMs - 2 * dayMs - count * gapMs));
  plan.createdAt[c] = created;
  plan.first[c] = next;
  for (let n = 0; n < count; n++) {
    const m = next + n;
    plan.conversation[m] = c;
    plan.sender[m] = senderOf(plan, c, n);
    plan.sentAt[m] = created + n * gapMs + (n === 0 ? 0 : Math.floor((drawn(m, 3) / 2 ** 32) * gapMs * 0.4));
  }
  return next + count;
}

function readerOf(sizes: Sizes, c: number): number {
  const parts = partsOf(sizes);
  if (c < sizes.longList) return parts.long;
  if (c < sizes.longList + sizes.shortList) return parts.short;
  const pair = pairOf(sizes, c);
  if (pair !== undefined) return parts.pair(pair)[0];
  return parts.short + 1 + (drawn(c, 4) % (sizes.people - parts.short - 1));
}

function thirdOf(sizes: Sizes, c: number): number {
  const pair = pairOf(sizes, c);
  return pair === undefined ? nobody : partsOf(sizes).pair(pair)[1];
}

/** The conversations of the pairs follow those of the two lists. */
function pairOf({ longList, shortList: short, pairs }: Sizes, c: number): number | undefined {
  const pair = c - longList - short;
  return pair >= 0 && pair < pairs ? pair : undefined;
}

/** The conversation of the pair `n`. */
export function conversationOfPair(sizes: Sizes, n: number): number {
  return sizes.longList + sizes.shortList + n;
}

function unopenedOf({ longList, unread }: Sizes, c: number): number {
  if (c >= longList) return c % 5 === 0 ? 3 : 2;
  const every = Math.floor(longList / unread);
  return c % every === every - 1 && c < every * unread ? 1 : 0;
}

/** The holder begins; what is still sealed in the long list was sent by the holder, so that it is unread there. */
function senderOf(plan: Plan, c: number, n: number): number {
  const holder = plan.holder[c] ?? 0;
  const last = n === (plan.count[c] ?? 0) - 1;
  if (n === 0 || (last && c < plan.sizes.longList) || drawn(c, 16 + n) % 2 === 0) return holder;
  return plan.reader[c] ?? 0;
}

/** Who takes part, the holder first. */
export function peopleIn(plan: Plan, c: number): number[] {
  return [plan.holder[c] ?? nobody, plan.reader[c] ?? nobody, plan.third[c] ?? nobody].filter((person) => person !== nobody);
}

/** Who opened a message: everybody but its sender, or nobody yet. */
export function openersOf(plan: Plan, m: number): number[] {
  const c = plan.conversation[m] ?? 0;
  const position = m - (plan.first[c] ?? 0) + 1;
  if (position > (plan.count[c] ?? 0) - (plan.unopened[c] ?? 0)) return [];
  return peopleIn(plan, c).filter((person) => person !== plan.sender[m]);
}

/** When a person opened a message: within nine hours, and before the next one was written. */
export function openedAt(plan: Plan, m: number, person: number): number {
  return (plan.sentAt[m] ?? 0) + 60_000 + Math.floor((drawn(m, 64 + (person % 1024)) / 2 ** 32) * 9 * hourMs);
}

/** A number of 32 bits that looks drawn at random: MurmurHash3's finish, over what it is for. */
export function drawn(n: number, what: number): number {
  let bits = Math.imul(n ^ Math.imul(what, 0x9e3779b1), 0x85ebca6b) ^ 0x27d4eb2f;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
