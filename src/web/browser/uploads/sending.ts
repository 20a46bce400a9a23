import type { DetailedError, Upload } from 'tus-js-client';
import { partBytes, uploadsPath } from '#shared/uploads.ts';

/** What is told while a document leaves. `sent` in bytes. */
export type Told = {
  /** Its address on the server: where it goes on from, also after the page is loaded again. */
  begun: (id: string) => void;
  progress: (sent: number) => void;
  /** The line is broken; another try follows by itself. */
  retrying: () => void;
  whole: () => void;
  /** It will not go on by itself. `reason` is the server's sentence, when it gave one. */
  stopped: (reason: string | undefined) => void;
};

/** Milliseconds before each new try after the line broke; what arrives in between starts them again. */
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000];
/** Statuses after which trying again may help: another part is still being written, too many requests, a proxy's or a restart's. */
const worthRetrying = new Set([0, 408, 409, 423, 425, 429, 500, 502, 503, 504]);

export type Sending = { pause: () => void };

/** Sends a document by tus, from where the server has it (`id`) or from its beginning. The client is loaded here, where documents are chosen. */
export function send(file: File, { id, told }: { id: string | undefined; told: Told }): Sending {
  let paused = false;
  let upload: Upload | undefined;
  open(file, { id, told })
    .then((opened) => {
      upload = opened;
      if (!paused) upload.start();
    })
    // The script itself could not be fetched.
    .catch(() => paused || told.stopped(undefined));
  return {
    pause() {
      paused = true;
      upload?.abort().catch(() => undefined); // It only stops sending: the answer is nobody's.
    },
  };
}

async function open(file: File, { id, told }: { id: string | undefined; told: Told }): Promise<Upload> {
  const tus = await import('tus-js-client');
  const upload = new tus.Upload(file, {
    endpoint: uploadsPath,
    ...(id === undefined ? {} : { uploadUrl: `${uploadsPath}/${id}` }),
    metadata: { filename: file.name, filetype: file.type },
    chunkSize: partBytes,
    retryDelays,
    storeFingerprintForResuming: false,
    onUploadUrlAvailable: () => told.begun(idOf(upload.url ?? '')),
    onProgress: (sent) => told.progress(sent),
    onShouldRetry(error) {
      const retry = worthRetrying.has(statusOf(error));
      if (retry) told.retrying();
      return retry;
    },
    onSuccess: () => told.whole(),
    onError: (error) => told.stopped(reasonOf(error)),
  });
  return upload;
}

/** Takes back what was sent. Nothing to wait for: what is not taken back is swept after a day. */
export function takeBack(id: string): void {
  fetch(`${uploadsPath}/${id}`, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' }, keepalive: true }).catch(() => undefined);
}

export type Found = { name: string; size: number; sent: number };

/** How far a document has come; `gone` when the server does not have it any more, undefined when nobody answers. */
export async function ask(id: string): Promise<Found | 'gone' | undefined> {
  const answer = await fetch(`${uploadsPath}/${id}`, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } }).catch(() => undefined);
  if (answer && [403, 404, 410].includes(answer.status)) return 'gone';
  if (!answer?.ok) return undefined;
  const name = /(?:^|,)filename ([^,]*)/u.exec(answer.headers.get('upload-metadata') ?? '')?.[1] ?? '';
  const bytes = Uint8Array.from(atob(name), (character) => character.charCodeAt(0));
  return {
    name: new TextDecoder().decode(bytes),
    size: Number(answer.headers.get('upload-length')),
    sent: Number(answer.headers.get('upload-offset')),
  };
}

function idOf(url: string): string {
  return new URL(url, location.href).pathname.split('/').at(-1) ?? '';
}

function statusOf(error: Error | DetailedError): number {
  return 'originalResponse' in error ? (error.originalResponse?.getStatus() ?? 0) : 0;
}

/** Refusals come as one sentence in the reader's language; pages and proxies answer otherwise. */
function reasonOf(error: Error | DetailedError): string | undefined {
  const response = 'originalResponse' in error ? error.originalResponse : undefined;
  const type = response?.getHeader('content-type') ?? '';
  return response && type.startsWith('text/plain') && statusOf(error) < 600 ? response.getBody().trim() || undefined : undefined;
}
