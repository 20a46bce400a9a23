/** Everything that may be answered "no" between «Continuer» and the session. Waits are said in the unit that reads best. */
export const signInRefusals = [
  'sign-in.identifier-missing',
  'sign-in.identifier-not-an-address',
  'sign-in.text-unreadable',
  'sign-in.password-missing',
  'sign-in.not-recognised',
  'sign-in.suspended',
  'sign-in.start-again',
  'sign-in.wait-seconds',
  'sign-in.wait-minutes',
  'sign-in.wait-hours',
  'sign-in.locked',
  'sign-in.busy',
  'sign-in.code-missing',
  'sign-in.code-wrong',
  'sign-in.code-expired',
  'sign-in.code-used',
  'sign-in.code-spent',
  'sign-in.code-too-many-wrong',
  'sign-in.begin-wait-seconds',
  'sign-in.begin-wait-minutes',
  'sign-in.begin-wait-hours',
  'sign-in.code-wait-seconds',
  'sign-in.code-wait-minutes',
  'sign-in.code-wait-hours',
  'password.missing',
  'password.too-short',
  'password.too-long',
  'password.common',
  'password.repeated',
  'password.keyboard',
  'password.personal',
  'password.current-wrong',
] as const;

/** S-14. Durations in seconds. */
export const codeRules = {
  digits: 8,
  lifeSeconds: 600,
  triesPerCode: 5,
  wrongPerDay: 20,
  betweenSeconds: 30,
  perHour: 6,
  perDay: 20,
} as const;

/** NIST SP 800-63B-4 §3.1.1.2: lengths in code points, after NFKC. */
export const passwordRules = { aloneMin: 15, withSecondFactorMin: 8, max: 256 } as const;

/** S-15. Durations in seconds. */
export const sessionRules = {
  code: 12 * 3600,
  codeOwnDevice: 24 * 3600,
  password: 30 * 24 * 3600,
  staff: 12 * 3600,
  staffIdle: 30 * 60,
  /** «Vu à» is written at most this often. */
  seenEvery: 60,
  /** How long after its expiry a session still says whose draft is to be kept. */
  recent: 24 * 3600,
} as const;

/** Text that PostgreSQL and every reader can hold: no NUL, no lone surrogate. */
export function isReadableText(typed: string): boolean {
  return typed.isWellFormed() && !typed.includes('\0');
}
