import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, wherever the command is given from. */
export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export const inProject = (...parts) => join(projectFolder, ...parts);

/** Says the same in French and in English, on the standard error: the standard output belongs to the program that is started. */
export function tell(fr, en) {
  process.stderr.write(`${fr} — ${en}\n`);
}

/** A reason the person can mend: said without a stack. */
export class LaunchRefused extends Error {
  constructor(fr, en) {
    super(`${fr}\n${en}`);
  }
}

/** Runs a command's main function, and ends the process with what it answers. */
export async function runMain(main) {
  try {
    process.exit(await main());
  } catch (error) {
    process.stderr.write(`${error instanceof LaunchRefused ? error.message : error.stack}\n`);
    process.exit(1);
  }
}
