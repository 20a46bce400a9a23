import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { eventStream, topicOf } from './event-stream.ts';

const text = (part: { value?: Uint8Array | undefined }) => new TextDecoder().decode(part.value);

test('says the kind and an opaque topic, and gives signs of life', async () => {
  const stream = eventStream({ onGone: () => undefined });
  const reader = stream.body.getReader();
  expect(text(await reader.read())).toBe(': \n\n');
  const subject = randomUUID();
  stream.tell('activities', subject);
  stream.beat();
  expect(text(await reader.read())).toBe(`event: activities\ndata: ${topicOf(subject)}\n\n`);
  stream.beat();
  expect(text(await reader.read())).toBe(': \n\n');
  stream.tell('activities', subject);
  stream.tell('messages', subject);
  stream.tell('activities', subject);
  expect(text(await reader.read())).toBe(`event: messages\ndata: ${topicOf(subject)}\n\n`);
  expect(topicOf(subject)).toMatch(/^[0-9a-f]{16}$/u);
});

test('what waits for a reader who takes nothing does not grow: 100 000 changes are one line', async () => {
  const stream = eventStream({ onGone: () => undefined });
  const reader = stream.body.getReader();
  await reader.read();
  for (let n = 0; n < 100_000; n++) stream.tell('activities', randomUUID());
  expect(text(await reader.read())).toBe('event: messages\ndata: *\n\n');
  stream.tell('activities', 'one more');
  expect(text(await reader.read())).toBe(`event: activities\ndata: ${topicOf('one more')}\n\n`);
});

test('ends for a reader that waits, and is forgotten when the reader leaves', async () => {
  let gone = 0;
  const stream = eventStream({ onGone: () => gone++ });
  const reader = stream.body.getReader();
  await reader.read();
  const last = reader.read();
  stream.end();
  expect((await last).done).toBe(true);
  const left = eventStream({ onGone: () => gone++ });
  await left.body.cancel();
  left.tell('messages');
  left.end();
  expect(gone).toBe(1);
});
