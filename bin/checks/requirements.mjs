// Which statements of docs/requirements a test proves, by the IDs in the titles of tests.
import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript-api';
import { inProject } from '../launch/project.mjs';
import { isTest, parsedSources, placeOf, walk } from './parsed-sources.mjs';

const idShape = /\b(?:\d{3}-(?:[A-Z]\d+|\d{2})|[SG]-\d{1,2})\b/g;
const declaration = /^\s*- ((?:\d{3}-(?:[A-Z]\d+|\d{2})|[SG]-\d{1,2}))\b/;

/** `unknown`: IDs in titles that no page declares (a fault). `report`: by guide, what is proven and what is not (no fault). */
export function checkRequirements() {
  const declared = declaredIds();
  const proven = new Map();
  for (const source of parsedSources('src', 'tests').filter(({ path }) => isTest(path))) {
    walk(source.tree, (node) => {
      for (const id of titleOf(node)?.match(idShape) ?? []) if (!proven.has(id)) proven.set(id, placeOf(source, node));
    });
  }
  const known = new Set(declared.flatMap(({ ids }) => ids));
  const unknown = [...proven].filter(([id]) => !known.has(id)).map(([id, place]) => `${place} names ${id}, which docs/requirements does not`);
  const report = declared.map(({ page, ids }) => summary(page, ids, proven));
  return { unknown, report };
}

function declaredIds() {
  const folder = inProject('docs', 'requirements');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const lines = readFileSync(inProject('docs', 'requirements', name), 'utf8').split('\n');
      return { page: name, ids: lines.map((line) => declaration.exec(line)?.[1]).filter(Boolean) };
    });
}

function summary(page, ids, proven) {
  const missing = ids.filter((id) => !proven.has(id));
  const short = missing.map((id) => id.replace(/^\d{3}-/, ''));
  return `${page}: ${ids.length - missing.length} of ${ids.length} named by a test${missing.length > 0 ? `; not yet: ${short.join(' ')}` : ''}`;
}

/** The title of `test(…)`, `it(…)`, `describe(…)` and their variants (`test.each(…)(…)`, `test.skipIf(…)(…)`). */
function titleOf(node) {
  if (!ts.isCallExpression(node) || !/^(?:test|it|describe)\b/.test(node.expression.getText())) return undefined;
  const [title] = node.arguments;
  if (!title) return undefined;
  if (ts.isStringLiteralLike(title)) return title.text;
  return ts.isTemplateExpression(title) ? title.getText() : undefined;
}
