import type { IconName } from './icon.tsx';
import type { TagKind } from './tag.tsx';

/** What became of a notice, as its tag shows it, to whom sent it and to whom got it. */
export const noticeLooks = {
  queued: { kind: 'wait', icon: 'clock' },
  sent: { kind: 'ok', icon: 'mail-check' },
  failed: { kind: 'bad', icon: 'mail-warning' },
  bounced: { kind: 'bad', icon: 'mail-warning' },
  opened: { kind: 'ok', icon: 'mail-open' },
  muted: { kind: 'wait', icon: 'bell-off' },
  withdrawn: { kind: 'wait', icon: 'undo-2' },
} as const satisfies Record<string, { kind: TagKind; icon: IconName }>;
