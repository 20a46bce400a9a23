// The folders of the domain form no circle: types count, tests do not.
import ts from 'typescript-api';
import { isTest, parsedSources } from './parsed-sources.mjs';

export function checkDomainCycles() {
  const imports = importsBetweenFolders();
  const faults = new Map();
  for (const start of imports.keys()) {
    const circle = findCircle(imports, start);
    // The same circle is found from each of its folders: told once, from the first in the alphabet.
    if (circle && start === circle.toSorted()[0]) faults.set(circle.toSorted().join(), `${[...circle, start].join(' → ')}`);
  }
  return [...faults.values()];
}

function importsBetweenFolders() {
  const imports = new Map();
  for (const { path, tree } of parsedSources('src/domain').filter((source) => !isTest(source.path))) {
    const [, , from] = path.split('/');
    const targets = imports.get(from) ?? new Set();
    for (const statement of tree.statements) {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
      const to = /^#domain\/([^/]+)\//.exec(statement.moduleSpecifier?.text ?? '')?.[1];
      if (to && to !== from) targets.add(to);
    }
    imports.set(from, targets);
  }
  return imports;
}

/** The shortest way from a folder back to itself, or undefined. */
function findCircle(imports, start) {
  const ways = [[start]];
  const seen = new Set();
  for (const way of ways) {
    for (const to of imports.get(way.at(-1)) ?? []) {
      if (to === start) return way;
      if (seen.has(to)) continue;
      seen.add(to);
      ways.push([...way, to]);
    }
  }
  return undefined;
}
