import { formatBytes } from '#shared/bytes.ts';
import { isTypeAllowed } from '#shared/file-types.ts';
import type { Locale } from '#shared/locales.ts';
import { isFolder } from '../uploads/chosen-files.ts';
import { JoinedDocument } from '../uploads/joined-document.ts';
import { ask } from '../uploads/sending.ts';
import { claimUpload, forgetUpload, rememberedUploads } from '../uploads/unfinished.ts';
import { Words } from '../uploads/words.ts';
import { FileLine } from './file-line.ts';

/** Sent together; the others wait. A browser keeps six connections to one place, and the page needs some. */
const atOnce = 3;

/**
 * Documents to join. Each leaves as soon as it is chosen or dropped, on a line of its own, and the form then carries its id (`fichier-recu`).
 * Without this script the input within is a plain one, whose files leave with the form.
 */
export class FileField extends HTMLElement {
  private readonly documents = new Map<JoinedDocument, FileLine>();
  private words = new Words(this);
  private wired = false;
  private settled: (() => void) | undefined;

  connectedCallback(): void {
    if (this.wired) return;
    this.wired = true;
    this.words = new Words(this);
    // Turbo puts back a copy of a page it has left: what its lines told is not so any more.
    this.querySelector('[data-list]')?.replaceChildren();
    this.input?.addEventListener('change', () => this.take(Array.from(this.input?.files ?? [])));
    this.form?.addEventListener('reset', () => this.clear());
    addEventListener('online', this.goOn);
    this.wireDrop();
    this.findUnfinished().catch(() => undefined); // Without an answer there is nothing to show, and nothing is lost.
  }

  disconnectedCallback(): void {
    // A merge may only move it.
    queueMicrotask(() => {
      if (this.isConnected) return;
      removeEventListener('online', this.goOn);
      for (const joined of this.documents.keys()) joined.release();
    });
  }

  /** What stands between the form and its sending: nothing, documents that will arrive, or one that needs the person. */
  get obstacle(): 'none' | 'arriving' | 'stuck' {
    const all = [...this.documents.keys()];
    if (all.some(({ state, arriving }) => state !== 'ready' && !arriving)) return 'stuck';
    return all.some(({ arriving }) => arriving) ? 'arriving' : 'none';
  }

  /** The form waits for its documents: says so, and calls `then` once none is on its way any more. */
  hold(then: () => void, giveUp: () => void): void {
    this.tell('');
    this.settled = then;
    const part = this.querySelector<HTMLElement>('[data-holding]');
    if (!part) return;
    part.hidden = false;
    const button = part.querySelector('button');
    if (button) button.onclick = giveUp;
    this.announce(part.querySelector('p')?.textContent ?? '');
  }

  release(): void {
    this.settled = undefined;
    const part = this.querySelector<HTMLElement>('[data-holding]');
    if (part) part.hidden = true;
  }

  /** The form was not sent: says which document is in the way, and brings the focus to it. */
  tellStuck(): void {
    const stuck = [...this.documents].find(([{ state, arriving }]) => state !== 'ready' && !arriving);
    if (!stuck) return;
    this.tell(this.words.say('stuck', { file: stuck[0].name }));
    stuck[1].element.querySelector<HTMLElement>('button:not([hidden])')?.focus();
  }

  /** Lets go of the documents that the form now lists as received (`KeptFiles`): they would be joined twice. */
  dropReceived(): void {
    const received = this.receivedElsewhere.map(({ value }) => value);
    for (const joined of this.documents.keys()) if (joined.id !== undefined && received.includes(joined.id)) this.drop(joined);
  }

  private get form(): HTMLFormElement | null {
    return this.closest('form');
  }

  private get input(): HTMLInputElement | null {
    return this.querySelector('input[type=file]');
  }

  /** The address it is sent to names the form, whatever the page around it. */
  private get formName(): string {
    return new URL(this.form?.action || location.href).pathname;
  }

  private get receivedElsewhere(): HTMLInputElement[] {
    const all = Array.from(this.form?.querySelectorAll<HTMLInputElement>('input[name=fichier-recu]') ?? []);
    return all.filter((input) => !this.contains(input));
  }

  private wireDrop(): void {
    const zone = this.querySelector<HTMLElement>('.drop');
    if (!zone) return;
    for (const name of ['dragenter', 'dragover']) {
      zone.addEventListener(name, (event) => {
        event.preventDefault();
        zone.dataset.over = '';
      });
    }
    for (const name of ['dragleave', 'drop']) zone.addEventListener(name, () => delete zone.dataset.over);
    zone.addEventListener('drop', (event) => {
      event.preventDefault();
      this.take(Array.from(event.dataTransfer?.files ?? []), event.dataTransfer?.items);
    });
  }

  /** After the page is loaded again: those that are not in another tab's form meanwhile. */
  private async findUnfinished(): Promise<void> {
    const listed = this.receivedElsewhere.map(({ value }) => value);
    for (const { id, modified } of rememberedUploads(this.formName)) {
      if (listed.includes(id) || !(await claimUpload(id))) continue;
      const found = await ask(id);
      if (found === 'gone') forgetUpload(id);
      const known = [...this.documents.keys()].some((joined) => joined.id === id);
      if (!found || found === 'gone' || known || !this.isConnected) continue;
      this.join(JoinedDocument.found({ ...found, id, modified }, this.ownership()));
      this.closest('details')?.setAttribute('open', '');
    }
  }

  private ownership() {
    return { form: this.formName, changed: (joined: JoinedDocument) => this.follow(joined) };
  }

  /** Takes what is chosen or dropped: each that still fits (S-11) leaves; the others are named with the reason. */
  private take(files: File[], dropped?: DataTransferItemList): void {
    const refusals: string[] = [];
    for (const [index, file] of files.entries()) {
      const known = [...this.documents.keys()].find((joined) => joined.isOf(file));
      if (known?.state === 'unfinished') known.give(file);
      if (known) continue;
      const refusal = this.refusalOf(file, isFolder(dropped?.[index]));
      // The server writes one of our locales.
      if (refusal) refusals.push(this.words.say(refusal, { file: file.name, size: formatBytes(file.size, this.words.locale as Locale) }));
      else this.join(JoinedDocument.chosen(file, this.ownership()));
    }
    // They leave by themselves: with the form they would leave twice.
    if (this.input) this.input.value = '';
    this.tell(refusals.join(' '));
    this.goOn();
  }

  private refusalOf(file: File, folder: boolean): 'folder' | 'type' | 'over' | 'tooMany' | undefined {
    if (folder) return 'folder';
    if (!isTypeAllowed({ fileTypes: this.types }, file.name)) return 'type';
    const { bytes, count } = this.weight();
    if (bytes + file.size > Number(this.dataset.limit)) return 'over';
    return count >= Number(this.dataset.most) ? 'tooMany' : undefined;
  }

  /** The extensions that the organisation lets be joined; none: all. */
  private get types(): string[] {
    return (this.dataset.types ?? '').split(' ').filter((type) => type !== '');
  }

  /** What the form's documents weigh, those received with an earlier try included. */
  private weight(): { bytes: number; count: number } {
    const elsewhere = this.receivedElsewhere.filter(({ checked, type }) => checked || type === 'hidden').map(({ dataset }) => Number(dataset.size ?? 0));
    const sizes = [...[...this.documents.keys()].map(({ size }) => size), ...elsewhere];
    return { bytes: sizes.reduce((sum, size) => sum + size, 0), count: sizes.length };
  }

  private join(joined: JoinedDocument): void {
    const acts = { pause: () => joined.pause(), resume: () => joined.resume(), remove: () => this.giveUp(joined) };
    const line = new FileLine(joined, { words: this.words, acts });
    this.documents.set(joined, line);
    this.announce('');
    this.querySelector('[data-list]')?.append(line.element);
    this.list();
    if (joined.state === 'ready') this.tellForm();
  }

  private giveUp(joined: JoinedDocument): void {
    const focused = this.documents.get(joined)?.focused;
    joined.giveUp();
    this.drop(joined);
    this.announce(this.words.say('removed', { file: joined.name }));
    if (focused) this.input?.focus();
    this.tell('');
  }

  private drop(joined: JoinedDocument): void {
    joined.leave();
    if (joined.state === 'ready') joined.forget();
    this.documents.get(joined)?.element.remove();
    this.documents.delete(joined);
    this.list();
    this.tellForm();
    this.goOn();
    this.settle();
  }

  /** The form went: what it carried is the message's. */
  private clear(): void {
    for (const joined of this.documents.keys()) {
      joined.leave();
      joined.forget();
    }
    this.documents.clear();
    this.voice.remove();
    this.querySelector('[data-list]')?.replaceChildren();
    this.release();
    this.tell('');
    this.list();
  }

  /** Something changed in one of them: the line, what is said of it, whose turn it is, and the form that may wait. */
  private follow(joined: JoinedDocument): void {
    const line = this.documents.get(joined);
    if (!line) return;
    const before = line.element.dataset.state;
    line.write();
    if (before === joined.state) return;
    if (['ready', 'paused', 'stopped', 'retrying'].includes(joined.state)) this.announce(this.words.say(toldWhen(joined), this.valuesOf(joined)));
    if (joined.state === 'refused') this.announce(joined.reason ?? '');
    if (before === 'ready' || joined.state === 'ready') this.tellForm();
    this.list();
    this.goOn();
    this.settle();
  }

  private valuesOf(joined: JoinedDocument): Record<string, string> {
    return { file: joined.name, percent: String(joined.percent) };
  }

  /** Gives their turn to those that wait; the network being back, to those that stopped for it. */
  private readonly goOn = (event?: Event): void => {
    for (const joined of this.documents.keys()) {
      if (event && joined.state === 'stopped') joined.resume();
      const active = [...this.documents.keys()].filter((one) => one.active).length;
      if (joined.state === 'waiting' && active < atOnce) joined.start();
    }
  };

  private settle(): void {
    if (this.obstacle === 'arriving' || !this.settled) return;
    const then = this.settled;
    this.release();
    then();
  }

  private list(): void {
    const list = this.querySelector<HTMLElement>('[data-list]');
    if (list) list.hidden = this.documents.size === 0;
    // Leaving the page, and merging it, ask whether something is here, and whether it is on its way.
    this.toggleAttribute('data-holds', this.documents.size > 0);
    this.form?.toggleAttribute('data-uploading', this.obstacle === 'arriving');
  }

  /** The set of `fichier-recu` is another one: whoever keeps drafts wants to know. */
  private tellForm(): void {
    this.form?.dispatchEvent(new Event('change', { bubbles: true }));
  }

  private tell(text: string): void {
    const place = this.querySelector<HTMLElement>('[data-refusals]');
    if (!place) return;
    place.hidden = text === '';
    place.textContent = text;
  }

  /** Said once, politely, by screen readers; the line shows it. */
  private announce(text: string): void {
    const place = this.voice;
    if (place.textContent !== text) place.textContent = text;
  }

  /** There before it has something to say, or it would not be heard; and only where there are documents, for the page has a status of its own. */
  private get voice(): HTMLElement {
    const there = this.querySelector<HTMLElement>('[data-told]');
    if (there) return there;
    const made = document.createElement('span');
    made.className = 'sr';
    made.setAttribute('role', 'status');
    made.dataset.told = '';
    this.append(made);
    return made;
  }
}

function toldWhen({ state }: JoinedDocument): 'arrived' | 'pausedOf' | 'stopped' | 'retryingOf' {
  if (state === 'ready') return 'arrived';
  if (state === 'paused') return 'pausedOf';
  return state === 'retrying' ? 'retryingOf' : 'stopped';
}
