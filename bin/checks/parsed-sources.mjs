// The TypeScript of the project as syntax trees, for the checks that read code.
import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import ts from 'typescript-api';
import { inProject } from '../launch/project.mjs';

/** Generated files are not ours to correct. */
const generated = ['src/platform/database/schema.ts', 'src/web/kit/icon-shapes.ts'];

/** Every file under the folders, parsed; `path` is relative to the project, with slashes. */
export function parsedSources(...folders) {
  const paths = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: inProject() })).map((path) => path.split(sep).join('/'));
  return paths
    .filter((path) => !generated.includes(path))
    .sort()
    .map((path) => {
      const text = readFileSync(inProject(path), 'utf8');
      const kind = path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind) };
    });
}

export function isTest(path) {
  return /\.test\.tsx?$/.test(path) || path.startsWith('tests/');
}

/** Calls `visit` with each node of the tree. */
export function walk(tree, visit) {
  const each = (node) => {
    visit(node);
    ts.forEachChild(node, each);
  };
  each(tree);
}

/** `path:line`, as terminals and editors make a link of it. */
export function placeOf(source, node) {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  return `${source.path}:${line + 1}`;
}
