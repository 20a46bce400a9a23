/** Where files go up by tus 1.0. */
export const uploadsPath = '/uploads';
/** What the browser sends at once, and the least that is acknowledged of it before its end. Bytes. */
export const partBytes = 16 * 1024 * 1024;
export const smallestPartBytes = 64 * 1024;

/** The sentences a page carries for its documents, which its script fills in: the keys `kit.files.…`. */
export const fileWords = [
  'arrived',
  'cancelOf',
  'folder',
  'over',
  'pause',
  'pauseOf',
  'paused',
  'pausedOf',
  'progress',
  'ready',
  'remove',
  'removed',
  'resume',
  'resumeOf',
  'retrying',
  'retryingOf',
  'sending',
  'starting',
  'stopped',
  'stuck',
  'tooMany',
  'type',
  'unfinished',
  'waiting',
] as const;
