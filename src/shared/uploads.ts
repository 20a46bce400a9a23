/** Where files go up by tus 1.0. */
export const uploadsPath = '/uploads';
/** What the browser sends at once, and the least that is acknowledged of it before its end. Bytes. */
export const partBytes = 16 * 1024 * 1024;
export const smallestPartBytes = 64 * 1024;
