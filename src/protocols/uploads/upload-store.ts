import type { Readable } from 'node:stream';
import { DataStore, Upload } from '@tus/server';
import type { SignedInCtx } from '#context';
import { abandonUpload, appendToUpload, beginUpload, findUpload } from '#domain/attachments/api.ts';
import type { Refusal, Result } from '#result';
import { UploadRefused } from './refusals.ts';

/**
 * The uploads of one person, for one request: what tus asks of a store is said to the domain, whose refusals are thrown back. Which bytes
 * are durable, who may write them and until when is the domain's affair (docs/adr/0015).
 */
export class UploadStore extends DataStore {
  override extensions = ['creation', 'creation-with-upload', 'termination'];
  readonly #ctx: SignedInCtx;
  readonly #body: AsyncIterable<Buffer>;
  readonly #settled: boolean;

  /** `settled`: how far an upload is, once a part that is ending has ended. */
  constructor(ctx: SignedInCtx, { body, settled }: { body: AsyncIterable<Buffer>; settled: boolean }) {
    super();
    this.#ctx = ctx;
    this.#body = body;
    this.#settled = settled;
  }

  /** POST. The domain gives the id, which the library puts into `Location`. */
  override async create(upload: Upload): Promise<Upload> {
    const { filename, filetype } = upload.metadata ?? {};
    const begun = await beginUpload(this.#ctx, {
      name: filename ?? '',
      mediaType: filetype || 'application/octet-stream',
      size: upload.size ?? 0, // A length said later is refused by the library: that extension is not ours.
    });
    upload.id = this.#granted(begun).uploadId;
    return upload;
  }

  /** PATCH. The library hands us the body through two streams of its own; ours is the connection itself, and theirs is empty. */
  override async write(empty: Readable, uploadId: string, offset: number): Promise<number> {
    empty.resume();
    return this.#granted(await appendToUpload(this.#ctx, { uploadId, offset, source: this.#body })).offset;
  }

  /** HEAD, and before PATCH. */
  override async getUpload(id: string): Promise<Upload> {
    const found = await findUpload(this.#ctx, id, { settled: this.#settled });
    if (!found) throw this.#refused({ code: 'upload.not-found' });
    return new Upload({ id, size: found.size, offset: found.offset, metadata: { filename: found.name, filetype: found.mediaType } });
  }

  /** DELETE. */
  override async remove(id: string): Promise<void> {
    this.#granted(await abandonUpload(this.#ctx, id));
  }

  #granted<T>(result: Result<T>): T {
    if (!result.ok) throw this.#refused(result.refusal);
    return result.value;
  }

  #refused(refusal: Refusal): UploadRefused {
    return new UploadRefused(refusal, this.#ctx.locale);
  }
}
