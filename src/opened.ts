import type { Log } from '#platform/log/log.ts';

/** What a process has opened, in order: it is closed in the reverse order. */
export class Opened {
  private readonly parts: { name: string; close: () => Promise<void> }[] = [];

  note(name: string, close: () => Promise<void>): void {
    this.parts.push({ name, close });
  }

  /** Requests finish, then jobs, connections and PostgreSQL; a step that fails does not keep the next from running. */
  async close(log: Log): Promise<void> {
    for (const { name, close } of this.parts.splice(0).reverse()) {
      await close().catch((error: unknown) => log.error({ error }, `${name} did not close in order`));
    }
  }
}
