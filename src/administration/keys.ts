import { findKeyCare, updateKeysReleased } from '#domain/retention/api.ts';
import { readConfig } from '#platform/config/read-config.ts';
import { openKeyring } from '#platform/keys/open-keyring.ts';
import { withDatabase } from './open.ts';
import { say, tell } from './terminal.ts';

/** `keys list`: the days that have a key, oldest first, and since when their destruction is held. */
export async function listKeys(): Promise<void> {
  const { config } = readConfig();
  for (const day of await (await openKeyring(config.keyringDir)).listDays()) say(day);
  await withDatabase(async ({ db }) => {
    const care = await findKeyCare(db);
    if (care?.heldSince) tell('keys.held', { since: care.heldSince.toISOString(), reason: care.heldReason ?? '' });
  });
}

/** `keys confirm`: the clock was found right by a person: keys that are due are destroyed again from the next sweep on. */
export async function confirmKeys(): Promise<void> {
  await withDatabase(async ({ db }) => {
    await updateKeysReleased(db);
    say('ok');
  });
}
