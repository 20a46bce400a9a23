/** What became of a saving. `again`: the same may be accepted later. */
export type Answer =
  | { outcome: 'kept'; version: number; apart: boolean; text: string }
  | { outcome: 'ended'; kept: boolean; text: string }
  | { outcome: 'refused'; text: string; again: boolean }
  | { outcome: 'unreachable' };

type Sending = { keepalive: boolean; signal: AbortSignal };

/** Fetch standard, «keepalive»: requests that outlive their page may carry 64 KiB in all. */
const outlivingBytes = 60_000;

/** Sends the words of a form to be kept. Never throws: a network that fails is an answer too. */
export async function sendDraft(address: string, fields: FormData, { keepalive, signal }: Sending): Promise<Answer> {
  try {
    const small = keepalive && weightOf(fields) < outlivingBytes;
    const answer = await fetch(address, { method: 'POST', body: fields, headers: { Accept: 'application/json' }, keepalive: small, redirect: 'error', signal });
    if (answer.status >= 500) return { outcome: 'unreachable' };
    // Our own server's words; a page in their place (a proxy, an error) is not JSON, and counts as unreachable.
    const said = (await answer.json()) as { version?: number; apart?: boolean; kept?: boolean; text?: string };
    const text = said.text ?? '';
    if (answer.ok) return { outcome: 'kept', version: said.version ?? 0, apart: said.apart ?? false, text };
    return answer.status === 401 ? { outcome: 'ended', kept: said.kept ?? false, text } : { outcome: 'refused', text, again: answer.status === 429 };
  } catch {
    return { outcome: 'unreachable' };
  }
}

/** Bytes on their way, or nearly. */
export function weightOf(fields: FormData): number {
  return [...fields].reduce((sum, [name, value]) => sum + name.length + 200 + (typeof value === 'string' ? new Blob([value]).size : 0), 0);
}
