import { liveHeader } from '#shared/live.ts';
import { sayOnce } from '../say-once.ts';
import { DraftLine } from './draft-line.ts';

const warnBefore = 120_000;
/** What is left when it is said aloud again; the countdown itself is only seen. */
const spoken = [
  { left: 120_000, words: 'minutes' },
  { left: 60_000, words: 'minute' },
  { left: 30_000, words: 'half' },
] as const;
/** A timer counts at most 2^31 ms, and stops while the machine sleeps: it is looked at again each hour. */
const longestTimer = 3_600_000;
const sessionPath = '/session';

type Life = { seconds: number; extendable: boolean };
type Said = { life: Life; at: number } | 'ended';

/**
 * Announces the end of the session two minutes before, and lets the person stay or come back (S-15). The server is asked before anything
 * is announced: another tab, an upload or the demonstration's clock may have moved the end. Tabs tell each other what they learn.
 */
export class SessionEnd extends HTMLElement {
  private endsAt = 0;
  private extendable = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ticking: ReturnType<typeof setInterval> | undefined;
  private toSay: (typeof spoken)[number][] = [];
  private ended = false;
  private unreachable = false;
  private listening = new AbortController();
  private channel: BroadcastChannel | undefined;

  connectedCallback(): void {
    this.listening = new AbortController();
    const { signal } = this.listening;
    this.channel = new BroadcastChannel(`pli-session-${document.querySelector<HTMLMetaElement>('meta[name=pli-live]')?.content ?? ''}`);
    this.channel.addEventListener('message', ({ data }: MessageEvent<Said>) => this.hear(data));
    this.querySelector('button')?.addEventListener('click', () => void this.stay(), { signal });
    document.addEventListener('visibilitychange', () => !document.hidden && void this.look(), { signal });
    document.addEventListener('pli:session-ended', () => void this.end(), { signal });
    // A page fetched again is merged into this one, which keeps this element; how long it now lasts is in the new one.
    this.addEventListener('turbo:before-morph-element', (event) => {
      const next = (event as CustomEvent<{ newElement?: Element }>).detail.newElement; // Turbo's own shape
      if (event.target === this && next instanceof HTMLElement) this.learn(written(next));
    });
    this.learn(written(this));
    this.tell({ life: written(this), at: Date.now() });
  }

  disconnectedCallback(): void {
    this.stopTimers();
    this.listening.abort();
    this.channel?.close();
  }

  private hear(said: Said): void {
    if (said === 'ended') void this.look();
    else this.learn(said.life, said.at);
  }

  private tell(said: Said): void {
    this.channel?.postMessage(said);
  }

  private learn({ seconds, extendable }: Life, at = Date.now()): void {
    this.endsAt = at + seconds * 1000;
    this.extendable = extendable;
    this.ended = false;
    this.unreachable = false;
    const left = this.endsAt - Date.now();
    // Half a second of grace: a second lost on the way would announce an end that has just been put off.
    if (left <= warnBefore + 500) this.announce();
    else this.rest(left);
  }

  private rest(left: number): void {
    this.stopTimers();
    this.hidden = true;
    this.timer = setTimeout(() => void this.look(), Math.min(left - warnBefore, longestTimer));
  }

  /** Asks how long the session lasts; as a script does, which keeps nothing awake. */
  private async look(): Promise<void> {
    const life = await ask('GET');
    if (life === 'ended') return this.end();
    if (life !== 'unreachable') {
      this.tell({ life, at: Date.now() });
      return this.learn(life);
    }
    if (Date.now() > this.endsAt) return this.end();
    this.unreachable = true;
    if (this.endsAt - Date.now() <= warnBefore + 500) return this.announce();
    this.timer = setTimeout(() => void this.look(), 30_000);
  }

  private announce(): void {
    this.show({ stay: this.extendable, again: !this.extendable });
    if (this.ticking !== undefined) return;
    this.toSay = [...spoken];
    this.ticking = setInterval(() => this.tick(), 1_000);
    this.tick();
  }

  private tick(): void {
    const left = Math.max(0, this.endsAt - Date.now());
    const sentence = (time: string) =>
      (this.unreachable ? this.dataset.unreachable : this.extendable ? this.dataset.idle : this.dataset.length)?.replace('{time}', time) ?? '';
    this.write(sentence(`${Math.floor(left / 60_000)}:${String(Math.floor(left / 1000) % 60).padStart(2, '0')}`));
    const due = this.toSay.findLast((one) => left <= one.left + 500);
    if (due) {
      this.toSay = this.toSay.slice(this.toSay.indexOf(due) + 1);
      this.say(sentence(this.dataset[due.words] ?? ''));
    }
    if (left > 0) return;
    this.stopTimers();
    // The server has the last word: its clock is the one that counts.
    this.timer = setTimeout(() => void this.look(), 1_000);
  }

  private async stay(): Promise<void> {
    const life = await ask('POST');
    if (life === 'ended') return this.end();
    if (life === 'unreachable') {
      this.unreachable = true;
      this.say(this.dataset.unreachable?.replace('{time}', this.dataset.minute ?? '') ?? '');
      return this.tick();
    }
    this.tell({ life, at: Date.now() });
    this.say(this.dataset.stayed ?? '');
    const inside = this.contains(document.activeElement);
    this.learn(life);
    // The button goes: whoever pressed it by keyboard is not left nowhere.
    if (inside) document.getElementById('contenu')?.focus({ preventScroll: true });
  }

  /** Says that it is over, and what is kept, once the last words have been sent to be kept for whoever's session it was (docs/adr/0009). */
  private async end(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    this.stopTimers();
    this.tell('ended');
    const lines = Array.from(document.querySelectorAll('draft-line')).filter((line) => line instanceof DraftLine);
    await Promise.all(lines.map((line) => line.flush()));
    const unsaved = lines.some((line) => line.isUnsaved());
    const kept = lines.some((line) => line.isKept());
    const text = (unsaved ? this.dataset.endedUnsaved : kept ? this.dataset.endedKept : this.dataset.ended) ?? '';
    this.write(text);
    this.say(text);
    this.show({ stay: false, again: true });
  }

  private show({ stay, again }: { stay: boolean; again: boolean }): void {
    this.hidden = false;
    const button = this.querySelector<HTMLElement>('button');
    const link = this.querySelector<HTMLAnchorElement>('a[data-again]');
    if (button) button.hidden = !stay;
    if (!link) return;
    link.hidden = !again;
    link.href = `/ouvrir-une-session?retour=${encodeURIComponent(location.pathname + location.search)}`;
  }

  private write(text: string): void {
    const shown = this.querySelector('[data-shown]');
    if (shown) shown.textContent = text;
  }

  private say(text: string): void {
    sayOnce(this.querySelector('[data-said]'), text);
  }

  private stopTimers(): void {
    clearTimeout(this.timer);
    clearInterval(this.ticking);
    this.ticking = undefined;
  }
}

function written({ dataset }: HTMLElement): Life {
  return { seconds: Number(dataset.seconds), extendable: dataset.extendable !== undefined };
}

async function ask(method: 'GET' | 'POST'): Promise<Life | 'ended' | 'unreachable'> {
  try {
    const asleep = method === 'GET' ? { [liveHeader]: 'session' } : {};
    const answer = await fetch(sessionPath, { method, headers: { Accept: 'application/json', ...asleep }, cache: 'no-store', redirect: 'error' });
    if (answer.status === 401) return 'ended';
    return answer.ok ? ((await answer.json()) as Life) : 'unreachable'; // written by sign-in/session-life.ts
  } catch {
    return 'unreachable';
  }
}
