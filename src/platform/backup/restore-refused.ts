/** Why a backup is not restored; nothing was written. */
export type RestoreFault =
  | { fault: 'not-whole' | 'sums' | 'wrong-keys' | 'manifest-altered' | 'newer' | 'database-used' | 'database-prepared' }
  | { fault: 'file-altered' | 'folder-used'; path: string }
  | { fault: 'days-missing'; days: string[] };

export class RestoreRefused extends Error {
  override name = 'RestoreRefused';
  readonly reason: RestoreFault;
  constructor(reason: RestoreFault) {
    super(reason.fault);
    this.reason = reason;
  }
}
