import { sayOnce } from '../say-once.ts';
import { type Answer, sendDraft, weightOf } from '../send-draft.ts';

/** After the last key, and at most after the first one. Milliseconds. */
const pause = 1_200;
const longest = 8_000;
/** After a saving that failed, doubled each time. */
const retry = { first: 4_000, most: 60_000 };
/** While the form is on its way nothing is saved; it may come back refused. */
const onItsWay = 2_000;

/**
 * Saves what is typed in its form a moment after it was typed, and says so. One request at a time. What another page wrote of the same
 * draft is not overwritten: the server keeps both, and the person chooses.
 */
export class DraftLine extends HTMLElement {
  private saved = '';
  private timer: ReturnType<typeof setTimeout> | undefined;
  private touchedAt: number | undefined;
  private sending: AbortController | undefined;
  private failures = 0;
  private edited = false;
  private dropped = false;
  private form: HTMLFormElement | undefined;
  private listening = new AbortController();

  connectedCallback(): void {
    const form = this.closest('form');
    if (!form) return;
    this.form = form;
    this.saved = this.dataset.fresh === undefined ? this.written() : '';
    // Nothing is unsaved until somebody types: an editor that opens, or a merge, changes the fields too.
    this.edited = this.dataset.fresh !== undefined;
    this.listening = new AbortController();
    const { signal } = this.listening;
    for (const name of ['input', 'change']) form.addEventListener(name, () => this.typed(), { signal });
    // Before anybody else hears of it.
    addEventListener('submit', (event) => event.target === form && this.onTheWay(event), { signal, capture: true });
    form.addEventListener('reset', () => queueMicrotask(() => this.sent()), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && void this.flush(), { signal });
    addEventListener('beforeunload', () => void this.flush(), { signal });
    addEventListener('pagehide', () => void this.flush(), { signal });
    addEventListener('online', () => this.isUnsaved() && void this.save(), { signal });
    this.querySelector('button[name=garder-la-mienne]')?.addEventListener('click', () => void this.keepMine(), { signal });
    this.discardPart?.addEventListener('submit', () => this.drop(), { signal });
    this.watchFiles(form, signal);
    if (this.isUnsaved()) this.touched();
  }

  disconnectedCallback(): void {
    if (this.isUnsaved()) void this.flush();
    clearTimeout(this.timer);
    this.listening.abort();
  }

  /** Whether something in the form is known to this page alone. A form on its way is not. */
  isUnsaved(): boolean {
    return this.form !== undefined && this.edited && !this.dropped && !this.isBusy() && this.written() !== this.saved;
  }

  /** Whether the server keeps a draft of this form. */
  isKept(): boolean {
    return this.version !== '0';
  }

  /** Saves at once, in a request that outlives the page where the browser allows it. */
  async flush(): Promise<void> {
    if (this.isUnsaved()) await this.save({ keepalive: true });
  }

  private typed(): void {
    this.edited = true;
    this.touched();
  }

  private settle(): void {
    this.saved = this.written();
  }

  private touched(): void {
    const now = performance.now();
    this.touchedAt ??= now;
    this.plan(Math.min(pause, Math.max(0, this.touchedAt + longest - now)));
  }

  private plan(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), milliseconds);
  }

  private async save({ keepalive = false } = {}): Promise<void> {
    clearTimeout(this.timer);
    if (this.isBusy()) return this.plan(onItsWay);
    if (!this.isUnsaved() || !this.form) return;
    if (this.isTooLarge()) return this.failed(this.dataset.tooLarge ?? '', false);
    // A page that is leaving sends its last word over the one under way; the server knows both are of one hand.
    if (this.sending && !keepalive) return;
    this.sending?.abort();
    const mine = new AbortController();
    this.sending = mine;
    this.touchedAt = undefined;
    const written = this.written();
    const answer = await sendDraft(this.dataset.save ?? '', fieldsOf(this.form), { keepalive, signal: mine.signal });
    if (this.sending !== mine) return;
    this.sending = undefined;
    this.answered(answer, written);
  }

  private answered(answer: Answer, written: string): void {
    const { outcome } = answer;
    if (outcome === 'ended') document.dispatchEvent(new CustomEvent('pli:session-ended'));
    if (outcome === 'unreachable') this.failed(this.dataset.unsaved ?? '', true);
    else if (outcome === 'refused') this.failed(answer.text, answer.again);
    else if (outcome === 'ended' && !answer.kept) this.failed(answer.text, false);
    else this.succeeded(answer, written);
  }

  private succeeded(answer: Extract<Answer, { outcome: 'kept' | 'ended' }>, written: string): void {
    this.failures = 0;
    this.saved = written;
    if (answer.outcome === 'kept') this.keptAs(answer);
    this.tell(answer.text, answer.outcome === 'kept' ? 'saved' : 'ended');
    if (this.isUnsaved()) this.touched();
  }

  private keptAs({ version, apart }: { version: number; apart: boolean }): void {
    // Apart, the page goes on from the version it knows: what it writes is kept beside the draft until somebody chooses.
    if (!apart) this.version = String(version);
    this.showApart(apart);
    if (this.discardPart) this.discardPart.hidden = !apart && version === 0;
  }

  private failed(text: string, again: boolean): void {
    this.failures += 1;
    this.tell(text, 'failed');
    if (again) this.plan(Math.min(retry.most, retry.first * 2 ** (this.failures - 1)));
  }

  /** «Garder la mienne»: what is on this page becomes the draft; the other version stays beside it until it is thrown away. */
  private async keepMine(): Promise<void> {
    await this.flush();
    const body = new FormData();
    body.set('choix', 'prendre');
    body.set('version', this.fieldValue('cle'));
    const answer = await sendDraft(this.dataset.choose ?? '', body, { keepalive: false, signal: this.listening.signal });
    if (answer.outcome !== 'kept') return this.failed(this.dataset.unsaved ?? '', false);
    this.version = String(answer.version);
    this.showApart(false);
    this.form?.querySelector<HTMLElement>('[contenteditable=true], textarea:not([hidden])')?.focus();
  }

  private showApart(shown: boolean): void {
    const part = this.querySelector<HTMLElement>('[data-apart]');
    if (!part || part.hidden === !shown) return;
    part.hidden = !shown;
    if (shown) this.say(part.querySelector('p')?.textContent ?? '');
  }

  /** What the server would cut short is not sent: it stays on the page. */
  private onTheWay(event: Event): void {
    if (this.isTooLarge()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.failed(this.dataset.tooLarge ?? '', false);
      this.scrollIntoView({ block: 'center' });
      return;
    }
    this.sending?.abort();
    this.sending = undefined;
    this.plan(onItsWay);
  }

  /** The form was sent: it starts anew. */
  private sent(): void {
    clearTimeout(this.timer);
    this.edited = false;
    this.settle();
    this.version = '0';
    this.touchedAt = undefined;
    this.tell('', 'saved');
    this.showApart(false);
  }

  private drop(): void {
    this.dropped = true;
    clearTimeout(this.timer);
    this.sending?.abort();
  }

  /** Documents that arrive or are taken away change the form without anybody typing in it. */
  private watchFiles(form: HTMLFormElement, signal: AbortSignal): void {
    const isReceived = (node: Node) => node instanceof Element && (node.matches('[name=fichier-recu]') || node.querySelector('[name=fichier-recu]') !== null);
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].some(isReceived))) this.typed();
    });
    observer.observe(form, { childList: true, subtree: true });
    signal.addEventListener('abort', () => observer.disconnect());
  }

  private tell(text: string, kind: 'saved' | 'failed' | 'ended'): void {
    const line = this.querySelector<HTMLElement>('[data-line]');
    const words = line?.querySelector('span');
    if (!line || !words) return;
    line.hidden = text === '';
    words.textContent = text;
    // Seen each time, said aloud when it changes: the first time, when it fails, when it works again.
    if (line.dataset.kind !== kind && text !== '') this.say(text);
    line.dataset.kind = kind;
  }

  private say(text: string): void {
    sayOnce(this.querySelector('[data-said]'), text);
  }

  private isTooLarge(): boolean {
    return this.form !== undefined && weightOf(fieldsOf(this.form)) > Number(this.dataset.limit);
  }

  private isBusy(): boolean {
    return this.form?.getAttribute('aria-busy') === 'true';
  }

  private written(): string {
    return this.form ? JSON.stringify([...fieldsOf(this.form)].filter(([name]) => name !== 'cle' && name !== 'brouillon')) : '';
  }

  private get version(): string {
    return this.fieldValue('brouillon');
  }

  private set version(version: string) {
    const field = this.querySelector<HTMLInputElement>('input[name=brouillon]');
    if (field) field.value = version;
  }

  private fieldValue(name: string): string {
    return this.form?.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? '';
  }

  private get discardPart(): HTMLElement | null {
    return this.form?.parentElement?.querySelector<HTMLElement>('[data-discard-draft]') ?? null;
  }
}

/** What is typed, and the documents already received; those not yet sent are no part of a draft. */
function fieldsOf(form: HTMLFormElement): FormData {
  const fields = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') fields.append(name, value);
  return fields;
}
