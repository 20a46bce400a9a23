// Rules of docs/style.md that neither the compiler nor Biome knows.
import { existsSync, readdirSync } from 'node:fs';
import ts from 'typescript-api';
import { inProject } from '../launch/project.mjs';
import { isTest, parsedSources, placeOf, walk } from './parsed-sources.mjs';

const chance = new Set(['randomUUID', 'randomBytes', 'randomInt', 'getRandomValues']);
/** Not `clock_timestamp()`: nobody writes that by habit, and the difference between the clocks is measured with it. */
const sqlClock = /\b(?:now\s*\(\s*\)|current_timestamp|current_date|localtimestamp|(?:statement|transaction)_timestamp\s*\(\s*\))/i;
const reason = /\/\/|\/\*/;

/** Each rule: where it applies, and what it says of a node (undefined when it has nothing to say). */
const rules = [
  { applies: (path) => path.startsWith('src/domain/') && !isTest(path), fault: ownClockOrChance },
  { applies: (path) => /queries[^/]*\.ts$/.test(path) && !isTest(path), fault: clockOfTheDatabase },
  { applies: (path) => path.startsWith('src/') && !isTest(path), fault: unexplainedAssertion },
  { applies: (path) => path.startsWith('src/web/') && !isTest(path), fault: sentenceInPage },
];

export function checkSourceRules() {
  const faults = [];
  for (const source of parsedSources('src')) {
    const applying = rules.filter((rule) => rule.applies(source.path));
    walk(source.tree, (node) => {
      for (const rule of applying) {
        const fault = rule.fault(node, source);
        if (fault) faults.push(`${placeOf(source, node)} ${fault}`);
      }
    });
  }
  return [...faults, ...bareDomainFolders()];
}

/** A domain folder says what it is (README.md) and what others may call (api.ts). */
function bareDomainFolders() {
  return readdirSync(inProject('src', 'domain')).flatMap((folder) =>
    ['README.md', 'api.ts'].filter((name) => !existsSync(inProject('src', 'domain', folder, name))).map((name) => `src/domain/${folder} has no ${name}`),
  );
}

/** Time, ids and chance come from ctx. */
function ownClockOrChance(node) {
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length) return '`new Date()`: the time comes from ctx.now()';
  if (ts.isPropertyAccessExpression(node)) {
    const name = node.getText();
    if (['Date.now', 'performance.now', 'Math.random'].includes(name) || name.startsWith('Temporal.Now')) return `\`${name}\`: time and chance come from ctx`;
  }
  if (ts.isIdentifier(node) && chance.has(node.text) && !belongsToCtx(node)) return `\`${node.text}\`: ids and chance come from ctx`;
  return undefined;
}

function belongsToCtx(identifier) {
  const { parent } = identifier;
  const isMember = ts.isPropertyAccessExpression(parent) && parent.name === identifier;
  const isNameOnly = ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isBindingElement(parent);
  return isNameOnly || (isMember && !/^(?:node)?(?:web)?crypto$/i.test(parent.expression.getText()));
}

/** The clock is ours, so that it can be moved. */
function clockOfTheDatabase(node) {
  if (!ts.isStringLiteralLike(node) && !ts.isTemplateHead(node) && !ts.isTemplateMiddleOrTemplateTail(node)) return undefined;
  const found = sqlClock.exec(node.text);
  return found ? `SQL \`${found[0]}\`: the instant is a parameter` : undefined;
}

/** `any`, `as`, `!` need a reason on the line (or just above). `as const` asserts nothing. */
function unexplainedAssertion(node, source) {
  const what = assertionOf(node);
  if (!what) return undefined;
  const lines = source.text.split('\n');
  const [first, last] = [node.getStart(source.tree), node.getEnd()].map((position) => source.tree.getLineAndCharacterOfPosition(position).line);
  const beside = lines.slice(first, last + 1).some((line) => reason.test(line.replace(/https?:\/\//g, '')));
  const above = /^\s*(?:\/\/|\*|\/\*|\{\/\*)/.test(lines[first - 1] ?? '');
  return beside || above ? undefined : `\`${what}\` without its reason in a comment on the line`;
}

function assertionOf(node) {
  if (ts.isNonNullExpression(node)) return '!';
  if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  if (!ts.isAsExpression(node)) return undefined;
  return node.type.getText() === 'const' ? undefined : `as ${node.type.getText()}`;
}

/** No sentence for people outside of src/messages: two words in a row between tags. */
function sentenceInPage(node) {
  if (!ts.isJsxText(node)) return undefined;
  const words = node.text.trim().match(/\p{L}{2,}(?:\s+\p{L}{2,})+/u);
  return words ? `«${words[0].slice(0, 40)}»: sentences are in src/messages` : undefined;
}
