import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import busboy from 'busboy';
import { z } from 'zod';
import type { Ctx } from '#context';
import { findUploads, type ReceivedFile, receiveFile } from '#domain/attachments/api.ts';
import { touchSession } from '#domain/sign-in/api.ts';
import { conversationLimits, type FieldFault, richTextField } from '#shared/conversations.ts';
import type { WebContext } from '#web/layout/web.ts';

/** A form as it came: its fields, and its files already sealed into the store for whoever sends it. */
export type PostedForm = {
  fields: Record<string, string>;
  files: ReceivedFile[];
  /** Received before, and not there any more: thrown away after 24 h, or posted already. Never dropped in silence. */
  missing: string[];
  faults: FieldFault[];
};

const fieldBytes = 1024 * 1024;
/** What the fields may weigh together: they are held in memory, whatever somebody sends. */
const fieldsBytes = 2 * 1024 * 1024;
/** What a form may weigh beyond its files: fields, boundaries, names. */
const allowance = 4 * 1024 * 1024;

/**
 * Reads a form, urlencoded or multipart, file by file into the store: nothing in clear touches the disk and memory stays flat.
 * What cannot be kept (past 1 GiB in all, disk full) becomes a fault and is read to its end, so that the browser gets the answer;
 * files that arrived stay, to be posted later by their ids. Bytes that are not UTF-8 are a fault of their field. A form that breaks off or
 * that no browser writes is a fault too: it is never posted.
 */
export async function readPostedForm(c: WebContext, receiver: { profileId: string }): Promise<PostedForm> {
  const request = c.req.raw;
  const form: PostedForm = { fields: {}, files: [], missing: [], faults: [] };
  const source = bodyOf(c);
  const parser = openParser(request.headers.get('content-type') ?? '');
  if (!parser) {
    source.resume();
    return form;
  }
  const kept: string[] = [];
  const reception = new Reception(c.get('ctx'), receiver.profileId, lengthOf(request));
  let weight = 0;
  parser.on('field', (name, value, info) => {
    weight += name.length + value.length;
    if (weight > fieldsBytes) return;
    if (name === 'fichier-recu') kept.push(value);
    else readField(form, { name, value, truncated: info.valueTruncated });
  });
  parser.on('file', (_name, file, info) => reception.take(file, info));
  const beat = keepAlive(c);
  try {
    const whole = await fed(parser, source);
    await reception.settled(form);
    if (!whole) form.faults.push({ field: 'message', code: 'form.incomplete' });
    if (weight > fieldsBytes) form.faults.push(tooLarge('message'));
  } finally {
    clearInterval(beat);
  }
  const asked = kept.filter((id) => z.uuid().safeParse(id).success).slice(0, conversationLimits.files);
  const earlier = await findUploads(c.get('ctx'), { profileId: receiver.profileId, uploadIds: asked });
  form.files.unshift(...earlier);
  form.missing = asked.filter((id) => !earlier.some((file) => file.uploadId === id));
  return form;
}

/** Whether the parser has read all there was. It may refuse the form, and the connection must stay for the answer: `pipeline` would end it. */
async function fed(parser: busboy.Busboy, source: Readable): Promise<boolean> {
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  const whole = await finished(parser).then(
    () => true,
    () => false,
  );
  source.unpipe(parser).resume();
  return whole;
}

/** Straight from the connection, without the web streams between; from the request where there is none (tests of pages). */
function bodyOf(c: WebContext): Readable {
  if (c.env?.incoming) return c.env.incoming;
  // node:stream/web and the DOM declare the same class twice.
  return c.req.raw.body ? Readable.fromWeb(c.req.raw.body as Parameters<typeof Readable.fromWeb>[0]) : Readable.from([]);
}

/** An upload in progress is activity: the session does not end under it (S-15). */
function keepAlive(c: WebContext): NodeJS.Timeout {
  const ctx = c.get('ctx');
  const { actor, log } = ctx;
  const touch = () =>
    actor ? touchSession({ ...ctx, actor }).catch((error: unknown) => log.warn({ error }, 'A session could not be kept during an upload')) : undefined;
  return setInterval(touch, 60_000);
}

function lengthOf(request: Request): number | undefined {
  const length = request.headers.get('content-length');
  return length === null ? undefined : Number(length);
}

function openParser(contentType: string): busboy.Busboy | undefined {
  try {
    return busboy({
      // A charset said in the header would be used in place of the one below; forms are UTF-8 whatever they say.
      headers: { 'content-type': contentType.replace(/;\s*charset=[^;]*/iu, '') },
      // Bytes one by one: `readField` decodes them and says when they are not UTF-8, which a decoder would hide.
      defCharset: 'latin1',
      defParamCharset: 'utf8',
      limits: { fieldSize: fieldBytes, fields: 500, files: conversationLimits.files + 1, parts: 1000 },
    });
  } catch {
    return undefined;
  }
}

// A mark of byte order is a character like another here, not the sign of an encoding.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readField(form: PostedForm, field: { name: string; value: string; truncated: boolean }): void {
  const bytes = Buffer.from(field.value, 'latin1');
  if (field.truncated) {
    // The last character may be cut in the middle: left out, and no fault of whoever typed.
    form.fields[field.name] = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
    form.faults.push(field.name === richTextField ? { field: 'message', code: 'message.formatting-too-large' } : tooLarge(field.name));
    return;
  }
  try {
    form.fields[field.name] = utf8.decode(bytes);
  } catch {
    form.fields[field.name] = bytes.toString('utf8');
    form.faults.push({ field: shownAs(field.name), code: 'text.unreadable' });
  }
}

/** The formatted version has no place of its own on the page: what is wrong with it is said of the message. */
function shownAs(field: string): string {
  return field === richTextField ? 'message' : field;
}

/** Part of what was typed is not here any more: said, for the page cannot give it back. */
function tooLarge(field: string): FieldFault {
  return { field, code: 'form.too-large', data: { limit: conversationLimits.message } };
}

/** Receives the files of one form one after the other, and counts what they weigh together (S-11). */
class Reception {
  readonly #ctx: Ctx;
  readonly #profileId: string;
  readonly #contentLength: number | undefined;
  readonly #announcedTooLarge: boolean;
  readonly #outcomes: Promise<void>[] = [];
  readonly #files: ReceivedFile[] = [];
  readonly #faults: FieldFault[] = [];
  #received = 0;

  /** `contentLength` of the whole form, when it says so. */
  constructor(ctx: Ctx, profileId: string, contentLength: number | undefined) {
    this.#ctx = ctx;
    this.#profileId = profileId;
    this.#contentLength = contentLength;
    this.#announcedTooLarge = (contentLength ?? 0) > conversationLimits.filesBytes + allowance;
  }

  take(file: Readable, info: { filename?: string | undefined; mimeType: string }): void {
    // A file field left empty is sent as a part without a name.
    if (!info.filename) {
      file.resume();
      return;
    }
    if (this.#announcedTooLarge || this.#files.length + this.#outcomes.length > conversationLimits.files * 2) {
      file.resume();
      return;
    }
    const outcome = this.#receive(file, { name: info.filename, mediaType: info.mimeType });
    outcome.catch(() => undefined); // `settled` awaits it; until then a failure must not count as unhandled.
    this.#outcomes.push(outcome);
  }

  async settled(form: PostedForm): Promise<void> {
    await Promise.all(this.#outcomes);
    if (this.#announcedTooLarge) this.#faults.push(filesTooLarge(''));
    form.files.push(...this.#files);
    form.faults.push(...this.#faults);
  }

  async #receive(file: Readable, label: { name: string; mediaType: string }): Promise<void> {
    const source = new PassThrough();
    source.on('error', () => undefined); // It may break off before anybody reads it; whoever reads it is told.
    let cut = false;
    file.on('error', (error) => {
      cut = true;
      source.destroy(error);
    });
    file.on('data', (chunk: Buffer) => {
      this.#received += chunk.length;
    });
    file.pipe(source);
    try {
      const limit = Math.max(0, conversationLimits.filesBytes - this.#received);
      // It weighs no more than what is left of the form.
      const announced = this.#contentLength === undefined ? limit : Math.max(0, this.#contentLength - this.#received);
      const received = await receiveFile(this.#ctx, { profileId: this.#profileId, ...label, source, limit, announced });
      if (received.ok) this.#files.push(received.value);
      else this.#faults.push(received.refusal.code === 'attachment.too-large' ? filesTooLarge(label.name) : faultOf(received.refusal.code, label.name));
    } catch (error) {
      // The form broke off in the middle of this file: nothing of it is kept, and `readPostedForm` says so.
      if (!cut) throw error;
    } finally {
      // Whatever was left unread is read to its end, so that the rest of the form arrives.
      file.unpipe(source);
      source.destroy();
      file.resume();
    }
  }
}

function filesTooLarge(name: string): FieldFault {
  return { field: 'fichiers', code: 'attachment.too-large', data: { name, limit: conversationLimits.filesBytes } };
}

const told = ['attachment.name-too-long', 'attachment.too-much-waiting', 'text.unreadable', 'storage.full'] as const;

function faultOf(code: string, name: string): FieldFault {
  const known = told.find((one) => one === code) ?? 'attachment.not-ready';
  return { field: 'fichiers', code: known, data: { name, limit: conversationLimits.fileName, files: conversationLimits.waitingFiles } };
}
