// What the documents name exists: files they link to or name, and the tests that they say prove something.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript-api';
import { inProject } from '../launch/project.mjs';
import { isTest, parsedSources, walk } from './parsed-sources.mjs';

const pages = ['*.md', 'docs/**/*.md', 'src/**/README.md'];
/** Their text is made elsewhere: the requirements speak of what is to come, the configuration page is compared with its schema. */
const notOurs = /^docs\/(?:requirements\/|configuration\.md$)/;
/** `src/…`, `bin/…`, `docs/…`, `migrations/…`, `tests/…` between backquotes, a folder or a file. */
const namedPath = /`((?:src|bin|docs|migrations|tests)\/[\w./-]*)`/g;
const link = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
/** One proof a line: - `path of the test`: «its title» */
const proof = /^- `([^`]+\.test\.tsx?)`: «(.+)»$/;

export function checkDocuments() {
  const titles = titlesByFile();
  return pages
    .flatMap((pattern) => globSync(pattern, { cwd: inProject(), exclude: (path) => /node_modules/.test(path) }))
    .filter((page) => !notOurs.test(page))
    .sort()
    .flatMap((page) => faultsOf(page, titles));
}

function faultsOf(page, titles) {
  return readFileSync(inProject(page), 'utf8')
    .split('\n')
    .flatMap((line, index) => lineFaults(page, line, titles).map((fault) => `${page}:${index + 1} ${fault}`));
}

function lineFaults(page, line, titles) {
  const named = [...line.matchAll(namedPath)].map(([, path]) => path);
  const linked = [...line.matchAll(link)].map(([, target]) => target).filter((target) => !/^[a-z]+:/.test(target));
  const targets = [...named, ...linked.map((target) => relative(inProject(), join(inProject(), dirname(page), target)))];
  const absent = targets.filter((path) => !existsSync(inProject(path))).map((path) => `there is no ${path}`);
  const [, file, title] = proof.exec(line) ?? [];
  const unproven = file && !titles.get(file)?.has(title) ? [`${file} has no test «${title}»`] : [];
  return [...absent, ...unproven];
}

function titlesByFile() {
  const found = new Map();
  for (const source of parsedSources('src', 'tests').filter(({ path }) => isTest(path))) {
    const titles = new Set();
    walk(source.tree, (node) => {
      if (ts.isCallExpression(node) && /^(?:test|it)\b/.test(node.expression.getText()) && ts.isStringLiteralLike(node.arguments[0] ?? node)) {
        titles.add(node.arguments[0].text);
      }
    });
    found.set(source.path, titles);
  }
  return found;
}
