// Runs the checks, two at a time, and says in a few lines what they found. `npm run check -- lint messages` runs only those.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { inProject } from '../launch/project.mjs';
import { node, runCommand } from './command.mjs';
import { checkDocuments } from './documents.mjs';
import { checkDomainCycles } from './domain-cycles.mjs';
import { checkMessages } from './messages.mjs';
import { checkRequirements } from './requirements.mjs';
import { checkSourceRules } from './source-rules.mjs';

const atOnce = 2;
const longestOutput = 200;

/** Each answers `{ faults, notes, skipped }`: lines that fail the check, lines that only inform, the reason it could not run. */
const checks = {
  types: () => node(['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false']),
  lint,
  imports: () =>
    node([
      '--import',
      './bin/checks/typescript-api.mjs',
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.mjs',
      'src',
      'tests',
      'bench',
    ]),
  'generated types': () => node(['bin/checks/generated-types.mjs']),
  'dead code': () => node(['node_modules/knip/bin/knip.js', '--no-progress']),
  icons: () => node(['bin/checks/icons.mjs']),
  configuration: () => node(['bin/checks/configuration.mjs']),
  documents: () => ({ faults: checkDocuments() }),
  'domain cycles': () => ({ faults: checkDomainCycles() }),
  'source rules': () => ({ faults: checkSourceRules() }),
  messages: async () => ({ faults: await checkMessages() }),
  requirements: () => {
    const { unknown, report } = checkRequirements();
    return { faults: unknown, notes: report };
  },
};

process.exitCode = await runAll(process.argv.slice(2));

async function runAll(wanted) {
  const unknown = wanted.filter((name) => !(name in checks));
  if (unknown.length > 0) throw new Error(`No such check: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}.`);
  const waiting = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name));
  const total = waiting.length;
  let failed = 0;
  let skipped = 0;
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = await runOne(...next);
      if (outcome.faults.length > 0) failed += 1;
      if (outcome.skipped) skipped += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  console.log(`${total - failed - skipped} checks passed, ${failed} failed, ${skipped} skipped`);
  return failed > 0 ? 1 : 0;
}

async function runOne(name, run) {
  const startedAt = performance.now();
  const outcome = { faults: [], notes: [], ...(await attempt(run)) };
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = outcome.skipped ? `- skipped: ${outcome.skipped}` : outcome.faults.length > 0 ? `✗ ${outcome.faults.length} lines` : '✓';
  console.log(`${verdict} ${name} (${seconds} s)`);
  for (const line of [...outcome.notes, ...outcome.faults.slice(0, longestOutput)]) console.log(`    ${line}`);
  if (outcome.faults.length > longestOutput) console.log(`    … and ${outcome.faults.length - longestOutput} more`);
  return outcome;
}

async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    return { faults: error.stack.split('\n') };
  }
}

/** Biome's own package cannot be installed everywhere: its programs come one by one, for Linux. */
async function lint() {
  const program = inProject('node_modules', '@biomejs', `cli-${process.platform}-${process.arch}`, 'biome');
  if (!existsSync(program)) return { skipped: `there is no Biome for ${process.platform}-${process.arch} among our packages` };
  const outcome = await runCommand(program, ['check', '--error-on-warnings', '--reporter=github', '--max-diagnostics=none']);
  return outcome.faults ? { faults: outcome.faults.flatMap(biomeLine) } : outcome;
}

/** GitHub's annotations are the one form of Biome's with a line for each fault. */
function biomeLine(line) {
  const [, rule, file, at, text] = /^::\w+ title=([^,]*),file=([^,]*),line=(\d+),.*?::(.*)$/.exec(line) ?? [];
  if (!file) return [];
  const said = rule === 'format' ? 'not formatted; cure: biome check --write' : `${rule}: ${text}`;
  return [`${relative(inProject(), file)}:${at} ${said}`];
}
