import { Readable } from 'node:stream';
import type { Ctx, SignedInCtx } from '#context';
import { receiveFile } from '#domain/attachments/api.ts';
import { accessOneConversation, displayConversation, openMessage, postMessage, startConversation } from '#domain/conversations/api.ts';
import { conversationLimits } from '#shared/conversations.ts';
import { getFirstMessageId } from '../queries.ts';
import { innovactione } from './people.ts';
import { type Cast, done, type Member } from './settle-people.ts';
import type { Posting, Story, Who } from './story.ts';

const minute = 60_000;

/** When a story begins: at its time of day, in its organisation's zone. */
export function startOf(story: Story, now: Date): Date {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(innovactione.timeZone);
  const day = today.toPlainDate().subtract({ days: story.daysAgo });
  return new Date(day.toZonedDateTime({ timeZone: innovactione.timeZone, plainTime: story.time }).epochMilliseconds);
}

type Played = { conversationId: string; messageIds: string[] };

/** Plays a story with the product's verbs, each at its own date, everybody as themselves. */
export async function playStory(present: Ctx, cast: Cast, story: Story, start: Date): Promise<void> {
  const played: Played = { conversationId: '', messageIds: [] };
  for (const event of eventsOf(story, start, present.now())) {
    const ctx = { ...present, now: () => event.at, actor: member(cast, event.who).actor };
    if (event.kind === 'post') await post(ctx, cast, { story, posting: event.posting, played });
    if (event.kind === 'display') await display(ctx, cast, event.who, played);
    if (event.kind === 'open') await open(ctx, cast, event, played);
  }
}

type StoryEvent = { at: Date; who: Who } & ({ kind: 'post'; posting: Posting } | { kind: 'display' } | { kind: 'open'; message: number });

/** Posts, first looks and openings, in the order of time; at the same instant in the order listed. */
function eventsOf(story: Story, start: Date, now: Date): StoryEvent[] {
  const everybody = [story.holder, ...story.with];
  const at = (milliseconds: number) => new Date(Math.min(milliseconds, now.getTime() - minute));
  const timeOf = (posting: Posting) => start.getTime() + posting.hours * 60 * minute;
  const posts = story.postings.map((posting): StoryEvent => ({ kind: 'post', at: at(timeOf(posting)), who: posting.from, posting }));
  const openings = story.postings.flatMap((posting, message) =>
    everybody
      .filter((who) => who !== posting.from && !posting.sealedFor?.includes(who))
      .map((who, index): StoryEvent => {
        // Some time after it came, and before their own next answer.
        const answer = story.postings.find((next, later) => later > message && next.from === who);
        const leisurely = timeOf(posting) + (20 + ((message * 53 + index * 97) % 200)) * minute;
        return { kind: 'open', at: at(answer ? Math.min(leisurely, timeOf(answer) - minute) : leisurely), who, message };
      }),
  );
  const looks = everybody
    .filter((who) => !story.newFor?.includes(who))
    .map((who): StoryEvent => ({ kind: 'display', who, at: firstOf([...posts, ...openings], who) ?? at(start.getTime() + 90 * minute) }));
  return [...posts, ...looks, ...openings].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Nobody answers or opens without seeing the page first. */
function firstOf(events: StoryEvent[], who: Who): Date | undefined {
  const times = events.filter((event) => event.who === who).map((event) => event.at.getTime());
  return times.length > 0 ? new Date(Math.min(...times)) : undefined;
}

async function post(ctx: SignedInCtx, cast: Cast, { story, posting, played }: { story: Story; posting: Posting; played: Played }): Promise<void> {
  const uploadIds = await upload(ctx, posting);
  const letter = { message: posting.text, uploadIds, postKey: '' };
  if (played.conversationId === '') {
    const participants = story.with.map((who) => member(cast, who).address);
    const holderPersonaId = member(cast, story.holder).personaId;
    const started = done(await startConversation(ctx, { ...letter, holderPersonaId, title: story.title, participants, expiresOn: undefined }));
    played.conversationId = started.conversationId;
    played.messageIds.push(await getFirstMessageId(ctx, started.conversationId));
    return;
  }
  const { personaId } = member(cast, posting.from);
  played.messageIds.push(done(await postMessage(ctx, { ...letter, conversationId: played.conversationId, personaId })).messageId);
}

async function upload(ctx: SignedInCtx, posting: Posting): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, mediaType, bytes } of posting.files ?? []) {
    const source = Readable.from([bytes()]);
    const received = await receiveFile(ctx, { profileId: ctx.actor.profileId, name, mediaType, source, limit: conversationLimits.filesBytes });
    ids.push(done(received).uploadId);
  }
  return ids;
}

async function display(ctx: SignedInCtx, cast: Cast, who: Who, { conversationId }: Played): Promise<void> {
  const conversation = await accessOneConversation(ctx, { conversationId, personaId: member(cast, who).personaId });
  if (!conversation) throw new Error('Everybody of a story takes part in it');
  await displayConversation(ctx, conversation);
}

async function open(ctx: SignedInCtx, cast: Cast, event: { who: Who; message: number }, { conversationId, messageIds }: Played): Promise<void> {
  const messageId = messageIds[event.message] ?? '';
  done(await openMessage(ctx, { conversationId, messageId, personaId: member(cast, event.who).personaId }));
}

function member(cast: Cast, who: Who): Member {
  const found = cast.members.get(who);
  if (!found) throw new Error(`${who} is not one of the cast`);
  return found;
}
