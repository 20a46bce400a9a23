import { StartRefused } from '#platform/start-refused.ts';
import { type Arguments, readArguments, type Shape } from './administration/arguments.ts';
import { backUp } from './administration/backup.ts';
import { showConfig } from './administration/config.ts';
import { examine } from './administration/doctor.ts';
import { init } from './administration/init.ts';
import { confirmKeys, listKeys } from './administration/keys.ts';
import { log } from './administration/open.ts';
import { addOrganisation, organisationShape } from './administration/organisations.ts';
import { addPerson, importList, listPeople, suspend } from './administration/people.ts';
import { restore } from './administration/restore.ts';
import { say, tell } from './administration/terminal.ts';

/** One gesture of an administrator at a terminal: what may be typed after its name, and what it does. It answers false when something is wrong. */
type Command = Shape & { usage: string; run: (given: Arguments) => Promise<unknown> };

const commands: Record<string, Command> = {
  init: {
    usage: '[--organisation NAME --slug NAME --zone ZONE --name NAME --address ADDRESS]',
    options: [...organisationShape.options, 'name', 'address'],
    run: init,
  },
  'organisation add': { usage: '[--organisation NAME --slug NAME --zone ZONE]', ...organisationShape, run: addOrganisation },
  'person add': {
    usage: '[--organisation SLUG] --name NAME --address ADDRESS [--role collaborator,administrator]',
    options: ['organisation', 'name', 'address', 'role'],
    run: addPerson,
  },
  'person suspend': { usage: 'ADDRESS', rest: 1, run: suspend },
  'person list': { usage: '[--organisation SLUG]', options: ['organisation'], run: listPeople },
  'people import': { usage: 'FILE.csv [--organisation SLUG] [--apply]', options: ['organisation'], flags: ['apply'], rest: 1, run: importList },
  'keys list': { usage: '', run: listKeys },
  'keys confirm': { usage: '', run: confirmKeys },
  backup: { usage: 'DIR | backup --keys DIR', flags: ['keys'], rest: 1, run: backUp },
  restore: { usage: 'DIR [--keys DIR] [--without-missing-days]', options: ['keys'], flags: ['without-missing-days'], rest: 1, run: restore },
  doctor: { usage: '', run: examine },
  config: { usage: '[--markdown]', flags: ['markdown'], run: showConfig },
};

// Whoever reads us has had enough: `bin/pli keys list | head`.
process.stdout.on('error', () => process.exit(0));

process.exit(await run(process.argv.slice(2)));

async function run(typed: string[]): Promise<number> {
  const name = Object.keys(commands).find((words) => words.split(' ').every((word, place) => typed[place] === word));
  const command = name === undefined ? undefined : commands[name];
  if (name === undefined || command === undefined) return showUsage(typed);
  try {
    const given = readArguments(typed.slice(name.split(' ').length), command);
    return (await command.run(given)) === false ? 1 : 0;
  } catch (error) {
    if (error instanceof StartRefused) process.stderr.write(`${error.message}\n`);
    else log.error({ error }, `bin/pli ${name} failed`);
    return 1;
  }
}

function showUsage(typed: string[]): number {
  tell('usage');
  for (const [name, { usage }] of Object.entries(commands)) say(`  bin/pli ${name} ${usage}`.trimEnd());
  return typed.length === 0 || typed[0] === 'help' || typed[0] === '--help' ? 0 : 2;
}
