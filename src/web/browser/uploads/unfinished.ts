/**
 * Which documents were on their way from which form, so that they go on after the page is loaded again. Ids only: the browser of a shared
 * computer keeps no name, and the server tells them to nobody else.
 */
type Kept = { id: string; form: string; modified: number; at: number };

const place = 'pli-envois';
/** The server throws unfinished ones away after as long. */
const dayMs = 86_400_000;

export function rememberUpload(id: string, { form, modified }: { form: string; modified: number }): void {
  write([...read().filter((kept) => kept.id !== id), { id, form, modified, at: Date.now() }]);
}

export function forgetUpload(id: string): void {
  write(read().filter((kept) => kept.id !== id));
}

const claims = new Map<string, () => void>();

/** Makes a document this tab's own, until it is released or the tab is gone; false when it is another tab's. Without Web Locks (no https) all are ours. */
export function claimUpload(id: string): Promise<boolean> {
  const locks: LockManager | undefined = navigator.locks;
  if (!locks || claims.has(id)) return Promise.resolve(true);
  return new Promise((answer) => {
    const hold = (lock: Lock | null) => {
      answer(lock !== null);
      return lock ? new Promise<void>((release) => claims.set(id, release)) : undefined;
    };
    locks.request(`${place}-${id}`, { ifAvailable: true }, hold).catch(() => answer(true));
  });
}

export function releaseUpload(id: string): void {
  claims.get(id)?.();
  claims.delete(id);
}

/** Those of a form, in the order they began. */
export function rememberedUploads(form: string): Kept[] {
  return read().filter((kept) => kept.form === form);
}

function read(): Kept[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isKept).filter(({ at }) => Date.now() - at < dayMs) : [];
  } catch {
    return []; // Storage is refused to this page, or somebody else wrote there.
  }
}

function write(kept: Kept[]): void {
  try {
    if (kept.length > 0) localStorage.setItem(place, JSON.stringify(kept));
    else localStorage.removeItem(place);
  } catch {
    // Without storage documents still go on by themselves, though not after the page is loaded again.
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  const { id, form, modified, at } = value as Record<string, unknown>; // an object, above
  return typeof id === 'string' && /^[0-9a-f-]{36}$/u.test(id) && typeof form === 'string' && typeof modified === 'number' && typeof at === 'number';
}
