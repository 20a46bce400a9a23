// docs/configuration.md is what the schema of the settings says. With --write it is written again.
import { readFileSync, writeFileSync } from 'node:fs';
import { configurationPage } from '../../src/platform/config/configuration-page.ts';
import { inProject } from '../launch/project.mjs';

const page = inProject('docs', 'configuration.md');
if (process.argv.includes('--write')) writeFileSync(page, configurationPage());
else if (readFileSync(page, 'utf8') !== configurationPage()) {
  console.error('docs/configuration.md is not what the settings say. Write it again: bin/checks/configuration.mjs --write, with the Node.js of Pli.');
  process.exitCode = 1;
}
