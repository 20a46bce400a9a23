import { type IncomingMessage, request } from 'node:http';
import { parse } from 'node-html-parser';
import { livePath } from '../src/shared/live.ts';
import type { Visit } from './visit.ts';

const connections = 10;
const posts = 30;

/** From the answer to a post until each of ten open screens has been told, in milliseconds. */
export async function measureLive({ url, writer, reader, to }: { url: string; writer: Visit; reader: Visit; to: string }) {
  const screens = await Promise.all(Array.from({ length: connections }, () => openScreen(url, reader.cookie)));
  const titulaire =
    parse(await writer.page('/connexion/nouvelle'))
      .querySelector('#titulaire option')
      ?.getAttribute('value') ?? '';
  const waits: number[] = [];
  for (let n = 0; n < posts; n++) {
    const told = Promise.all(screens.map((screen) => screen.next()));
    const fields = { titulaire, titre: `Direct ${n}`, participants: to, message: 'Bonjour.', cle: crypto.randomUUID() };
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    const answer = await fetch(`${url}/connexion/nouvelle`, { method: 'POST', body, redirect: 'manual', headers: { cookie: writer.cookie, origin: url } });
    if (answer.status !== 303) throw new Error(`The post was answered ${answer.status}`);
    const acknowledged = performance.now();
    // A screen may be told before its poster has read the answer.
    for (const at of await told) waits.push(Math.max(0, at - acknowledged));
  }
  for (const screen of screens) screen.close();
  waits.sort((a, b) => a - b);
  const at = (share: number) => Number((waits[Math.floor((waits.length - 1) * share)] ?? 0).toFixed(2));
  return { name: 'live', connections, p50: at(0.5), p99: at(0.99), requests: posts, failed: 0 };
}

/** A stream; `next` waits for something told from now on, and answers when it came. */
async function openScreen(url: string, cookie: string) {
  const sent = request(`${url}${livePath}`, { headers: { cookie }, agent: false });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => sent.on('response', resolve).on('error', reject).end());
  if (answer.statusCode !== 200) throw new Error(`The stream was answered ${answer.statusCode}`);
  let heard: (at: number) => void = () => undefined;
  answer.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('event:')) heard(performance.now());
  });
  return {
    next: () =>
      new Promise<number>((resolve) => {
        heard = resolve;
      }),
    close: () => sent.destroy(),
  };
}
