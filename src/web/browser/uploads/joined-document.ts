import { type Found, type Sending, send, takeBack } from './sending.ts';
import { claimUpload, forgetUpload, releaseUpload, rememberUpload } from './unfinished.ts';

/**
 * waiting: for its turn · sending · retrying: the line broke, another try follows · paused: by the person · stopped: it needs the person ·
 * refused: the server said why, and trying again would not help · unfinished: begun before this page was loaded, its file must be chosen
 * again · ready: every byte is acknowledged.
 */
export type State = 'waiting' | 'sending' | 'retrying' | 'paused' | 'stopped' | 'refused' | 'unfinished' | 'ready';

/** One document of a form, on its way or arrived. Tells `changed` of everything; draws nothing. */
export class JoinedDocument {
  readonly name: string;
  readonly size: number;
  /** When its file was last changed: with name and size, what tells that it is the same. */
  readonly modified: number;
  id: string | undefined;
  state: State = 'waiting';
  /** The server's sentence, when it refused. */
  reason: string | undefined;
  sent = 0;
  private file: File | undefined;
  private sending: Sending | undefined;
  private since = { at: 0, sent: 0 };
  private readonly form: string;
  private readonly changed: (document: JoinedDocument) => void;

  constructor(what: { name: string; size: number; modified: number; form: string; changed: (document: JoinedDocument) => void }) {
    this.name = what.name;
    this.size = what.size;
    this.modified = what.modified;
    this.form = what.form;
    this.changed = what.changed;
  }

  static chosen(file: File, of: { form: string; changed: (document: JoinedDocument) => void }): JoinedDocument {
    const document = new JoinedDocument({ name: file.name, size: file.size, modified: file.lastModified, ...of });
    document.file = file;
    return document;
  }

  static found(found: Found & { id: string; modified: number }, of: { form: string; changed: (document: JoinedDocument) => void }): JoinedDocument {
    const document = new JoinedDocument({ name: found.name, size: found.size, modified: found.modified, ...of });
    document.id = found.id;
    document.sent = found.sent;
    document.state = found.sent === found.size ? 'ready' : 'unfinished';
    return document;
  }

  isOf(file: File): boolean {
    return this.name === file.name && this.size === file.size && this.modified === file.lastModified;
  }

  get active(): boolean {
    return this.state === 'sending' || this.state === 'retrying';
  }

  /** It arrives, or will, without anybody doing anything. */
  get arriving(): boolean {
    return this.active || this.state === 'waiting';
  }

  get percent(): number {
    return this.size === 0 ? 100 : Math.floor((100 * this.sent) / this.size);
  }

  /** At the speed kept since it last began; undefined before there is one. */
  get secondsLeft(): number | undefined {
    const seconds = (performance.now() - this.since.at) / 1000;
    const sent = this.sent - this.since.sent;
    return this.since.at > 0 && sent > 0 && seconds > 0.5 ? ((this.size - this.sent) * seconds) / sent : undefined;
  }

  /** The file again, after the page was loaded anew: it waits for its turn, to go on from where it was. */
  give(file: File): void {
    this.file = file;
    this.become('waiting');
  }

  start(): void {
    if (!this.file) return;
    this.since = { at: 0, sent: 0 };
    const current = send(this.file, {
      id: this.id,
      told: {
        begun: (id) => this.heed(current, () => this.remember(id)),
        progress: (sent) => this.heed(current, () => this.advance(sent)),
        retrying: () => this.heed(current, () => this.become('retrying')),
        whole: () => this.heed(current, () => this.finish()),
        stopped: (reason) => this.heed(current, () => this.stop(reason)),
      },
    });
    this.sending = current;
    this.become('sending');
  }

  pause(): void {
    this.leave();
    this.become('paused');
  }

  resume(): void {
    this.reason = undefined;
    this.become('waiting');
  }

  /** The page goes: nothing is taken back, it goes on when the page is there again. */
  leave(): void {
    this.sending?.pause();
    this.sending = undefined;
  }

  /** The person does not want it: its place is free at once. */
  giveUp(): void {
    this.leave();
    this.forget();
    if (this.id !== undefined) takeBack(this.id);
  }

  /** It went with its form, or waits elsewhere in it. */
  forget(): void {
    if (this.id === undefined) return;
    forgetUpload(this.id);
    releaseUpload(this.id);
  }

  /** The form is gone from this tab, and may be opened in another. */
  release(): void {
    this.leave();
    if (this.id !== undefined) releaseUpload(this.id);
  }

  private remember(id: string): void {
    if (this.id !== undefined && this.id !== id) forgetUpload(this.id);
    this.id = id;
    rememberUpload(id, { form: this.form, modified: this.modified });
    claimUpload(id).catch(() => undefined); // Nobody else knows this id yet.
  }

  private advance(sent: number): void {
    // A resumed one begins where the server has it: its speed is counted from there.
    if (this.since.at === 0 || sent < this.sent) this.since = { at: performance.now(), sent };
    this.sent = sent;
    this.become('sending');
  }

  private finish(): void {
    this.sending = undefined;
    this.sent = this.size;
    this.become('ready');
  }

  private stop(reason: string | undefined): void {
    this.sending = undefined;
    this.reason = reason;
    this.become(reason === undefined ? 'stopped' : 'refused');
  }

  /** What an earlier try says late is nobody's. */
  private heed(current: Sending, then: () => void): void {
    if (this.sending === current) then();
  }

  private become(state: State): void {
    this.state = state;
    this.changed(this);
  }
}
