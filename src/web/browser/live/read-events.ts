export type LiveEvent = { kind: 'messages' | 'activities'; topic: string };

/** Reads server-sent events (HTML Living Standard §9.2, the part of it that our own server writes) until the body ends. */
export async function readEvents(body: ReadableStream<Uint8Array>, hear: { alive: () => void; event: (event: LiveEvent) => void }): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    hear.alive();
    text += decoder.decode(part.value, { stream: true });
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) hear.event(event);
    }
  }
}

function eventOf(block: string): LiveEvent | undefined {
  const field = (name: string) =>
    block
      .split('\n')
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2);
  const kind = field('event');
  return kind === 'messages' || kind === 'activities' ? { kind, topic: field('data') ?? '*' } : undefined;
}
