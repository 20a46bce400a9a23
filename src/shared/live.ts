/** Where open screens are told that something changed (SSE). */
export const livePath = '/evenements-direct';

/** Sent by the script, not by the person: such a request shows nothing for the first time and keeps no session awake. */
export const liveHeader = 'Pli-Live';
