import { configurationPage } from '#platform/config/configuration-page.ts';
import { readConfig } from '#platform/config/read-config.ts';
import type { Arguments } from './arguments.ts';
import { say } from './terminal.ts';

/** `config`: one line a setting: name, value (secrets masked), where it comes from. */
export async function showConfig(given: Arguments): Promise<void> {
  if (given.flags.has('markdown')) return say(configurationPage().trimEnd());
  for (const { name, value, source } of readConfig().list) say(`${name.padEnd(18)} ${value}  (${source})`);
}
