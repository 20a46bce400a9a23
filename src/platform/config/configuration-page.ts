import type { Setting } from './setting.ts';
import { notServedYet, settings } from './settings.ts';

/** docs/configuration.md, made from the settings themselves: `bin/pli config --markdown`. */
export function configurationPage(): string {
  const entries: [string, Setting<unknown>][] = Object.entries(settings);
  return `${[
    '# Configuration',
    'Made by `bin/pli config --markdown` from `src/platform/config/settings.ts`; a test compares the two.',
    'Pli reads its settings once, at the start, from the environment and from the file named by `PLI_CONFIG` (`NAME=value` lines; the environment wins). A wrong value or an unknown `PLI_*` stops the start, and every fault is named at once. `bin/pli config` lists each setting, its value here and where it comes from.',
    ...entries.map(([name, { byDefault, purpose }]) => `## ${name}\n\n${purpose.en}\n\n*${purpose.fr}*\n\nDefault: ${byDefault}.`),
    '## Not served by this version',
    `${notServedYet.map((name) => `\`${name}\``).join(', ')} and \`s3:\` in \`PLI_STORAGE\`: named here because Pli refuses to start with them rather than ignore them.`,
  ].join('\n\n')}\n`;
}
