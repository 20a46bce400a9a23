/** What a browser came for. A code asked for one purpose serves no other. */
export const purposes = ['sign-in', 'sign-up', 'reset'] as const;
export type Purpose = (typeof purposes)[number];

/** `join`: a further address of somebody signed in (000-Y1). Such a flow belongs to a session, has no cookie and opens nothing. */
export const flowPurposes = [...purposes, 'join'] as const;

/** What the web knows of who knocks. */
export type Visit = {
  /** The flow's token, from the browser's cookie. */
  flow: string | undefined;
  /** The device's token, from the browser's cookie: set at a first session, kept for the next ones. */
  device: string | undefined;
  /** The network address it comes from, for the budgets per source. */
  source: string;
  /** In a real organisation staff give a second proof; the demonstration asks none. */
  requireSecondProof: boolean;
};

/** A code as the page may know it. */
export type PendingCode = { sentAt: Date; expiresAt: Date; triesLeft: number; used: boolean };

export type Flow = {
  id: string;
  purpose: (typeof flowPurposes)[number];
  address: string;
  addressKey: string;
  returnTo: string | undefined;
  code: PendingCode | undefined;
  ownDevice: boolean;
  addressProven: boolean;
  /** The profile whose password was given. */
  passwordProvenBy: string | undefined;
};

/** What the browser is given at the end. `cookieSeconds` undefined: until the browser closes. */
export type SessionGrant = { profileId: string; token: string; device: string; cookieSeconds: number | undefined };

/** Where the browser goes next, with the flow's new token: each proof changes it. */
export type Step =
  | { step: 'signed-in'; session: SessionGrant; returnTo: string | undefined }
  | { step: 'code' | 'password' | 'first-visit' | 'new-password'; flow: string };

/** How long a browser may take from its last act on, and how long a proof serves; seconds. */
export const flowRules = { life: 24 * 3600, proof: 3600 } as const;
