import { z } from 'zod';
import type { Ctx } from '#context';
import type { DraftToKeep, FoundDraft } from '#domain/drafts/api.ts';
import type { Composing } from './composer.tsx';
import type { PostedForm } from './posted-form.ts';

/** A form as it opens: empty, or with what was being written. */
export function startingFrom(draft: FoundDraft | undefined, postKey: string): Omit<Composing, 'expiresAt'> {
  return { fields: draft?.fields ?? {}, files: draft?.files ?? [], faults: [], postKey, draft, version: draft?.version ?? 0 };
}

/** The part of a form that a draft keeps: what was typed and received, without what makes it one message and one version. */
export function draftOf(ctx: Ctx, { fields, files }: PostedForm): DraftToKeep {
  const { cle, brouillon: _, ...typed } = fields;
  const writer = z.uuid().safeParse(cle);
  return {
    draft: { fields: typed, uploadIds: files.map((file) => file.uploadId) },
    version: readVersion(fields),
    writer: writer.success ? writer.data : ctx.newId(),
  };
}

/** The version of the draft that the form started from; 0 for none. */
export function readVersion({ brouillon = '' }: Record<string, string>): number {
  return /^\d{1,9}$/u.test(brouillon) ? Number(brouillon) : 0;
}
