import type { Catalogue } from '../catalogue.ts';

export const uploads = {
  'uploads.signed-out': 'Your session was closed. The part received is kept. Sign in again, then resume the upload.',

  'refusal.attachment.too-much-waiting':
    'Too many documents wait to be submitted: the limit is {limit}, or {files} documents. Nothing that arrived is lost. Submit or remove some, then try again.',
  'refusal.upload.busy': 'Another part of this document is arriving. What was received is kept. The upload goes on in a moment.',
  'refusal.upload.not-found': 'This document is no longer kept here: it had waited for more than 24 hours, or was already sent. Choose it again.',
  'refusal.upload.part-too-small': 'A part of a document has {limit} at least, but for the last one. Nothing of it is kept. Send a larger part.',
  'refusal.upload.wrong-offset': 'The upload does not go on where it had stopped. What was received is kept. Ask where to resume.',
} as const satisfies Catalogue;
