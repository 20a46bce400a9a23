import { formatBytes } from '#shared/bytes.ts';
import type { Locale } from '#shared/locales.ts';
import type { JoinedDocument } from '../uploads/joined-document.ts';
import type { Words } from '../uploads/words.ts';

const svg = 'http://www.w3.org/2000/svg';

type Acts = { pause: () => void; resume: () => void; remove: () => void };

/** One document of a form: icon, name, how far it is, and what can be done with it. Drawn once, then only what changes is written. */
export class FileLine {
  readonly element = document.createElement('li');
  private readonly joined: JoinedDocument;
  private readonly words: Words;
  private readonly progress = document.createElement('progress');
  private readonly told = text('num', '');
  private readonly act = document.createElement('button');
  private readonly remove = document.createElement('button');
  private readonly received = document.createElement('input');

  constructor(joined: JoinedDocument, { words, acts }: { words: Words; acts: Acts }) {
    this.joined = joined;
    this.words = words;
    const { act, element, progress, received, remove } = this;
    element.className = 'up';
    progress.max = 100;
    progress.setAttribute('aria-label', words.say('progress', { file: joined.name }));
    act.type = 'button';
    act.className = 'btn btn--s';
    act.addEventListener('click', () => (joined.active || joined.state === 'waiting' ? acts.pause() : acts.resume()));
    remove.type = 'button';
    remove.className = 'iconbtn';
    remove.append(icon('x'));
    remove.addEventListener('click', acts.remove);
    received.type = 'hidden';
    received.name = 'fichier-recu';
    const state = document.createElement('span');
    state.className = 'st';
    state.append(progress, this.told);
    const buttons = document.createElement('span');
    buttons.className = 'acts';
    buttons.append(act, remove);
    element.append(icon('file'), text('nm', joined.name), state, buttons);
    this.write();
  }

  write(): void {
    const { joined, words } = this;
    this.element.dataset.state = joined.state;
    this.progress.hidden = joined.state === 'ready' || joined.state === 'refused';
    this.progress.value = joined.percent;
    set(this.told, this.sentence());
    const pausing = joined.arriving;
    this.act.hidden = joined.state === 'ready' || joined.state === 'unfinished';
    set(this.act, words.say(pausing ? 'pause' : 'resume', {}));
    this.act.setAttribute('aria-label', words.say(pausing ? 'pauseOf' : 'resumeOf', { file: joined.name }));
    this.remove.setAttribute('aria-label', words.say(joined.state === 'ready' || joined.state === 'refused' ? 'remove' : 'cancelOf', { file: joined.name }));
    if (joined.state === 'ready' && joined.id !== undefined) {
      this.received.value = joined.id;
      this.element.append(this.received);
    } else this.received.remove();
  }

  /** Whether the focus is in it, which must then go somewhere when it is removed. */
  get focused(): boolean {
    return this.element.contains(document.activeElement);
  }

  private sentence(): string {
    const { joined, words } = this;
    // The server writes one of our locales.
    const size = formatBytes(joined.size, words.locale as Locale);
    const percent = String(joined.percent);
    if (joined.state === 'refused') return joined.reason ?? '';
    if (joined.state !== 'sending') return words.say(joined.state, { file: joined.name, percent, size });
    const left = joined.secondsLeft;
    if (left === undefined) return words.say('starting', { percent, size });
    const time = left < 60 ? `${Math.ceil(left)}\u00A0s` : `${Math.ceil(left / 60)}\u00A0min`;
    return words.say('sending', { percent, size, time });
  }
}

function text(className: string, content: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.className = className;
  span.textContent = content;
  return span;
}

/** Written only when it differs: a screen reader's cursor on it stays where it is. */
function set(element: HTMLElement, content: string): void {
  if (element.textContent !== content) element.textContent = content;
}

function icon(name: string): SVGSVGElement {
  const drawing = document.createElementNS(svg, 'svg');
  drawing.setAttribute('class', 'i');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `#i-${name}`);
  drawing.append(use);
  return drawing;
}
