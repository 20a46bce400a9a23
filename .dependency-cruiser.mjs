// Who may import whom: the table of docs/architecture.md, row by row. There is no list of exceptions.
// Tests stand outside of it (they prove things across folders), but nothing of the product imports a test.

const test = '[.]test[.]tsx?$';
const always = ['^src/shared/', '^src/messages/'];
const apis = '^src/domain/[^/]+/api[.]ts$';
const seams = ['^src/context[.]ts$', '^src/result[.]ts$'];
const frame = ['^src/web/layout/', '^src/web/session[.]tsx?$', '^src/web/refusals[.]tsx?$'];

/** One row of the table: what `from` may import of src/; packages and Node's own modules are not its subject. */
function row(name, from, allowed, fromNot = []) {
  return {
    name,
    severity: 'error',
    comment: 'See the table «Who may import whom» in docs/architecture.md.',
    from: { path: from, pathNot: [test, ...fromNot] },
    to: { path: '^src/', pathNot: allowed },
  };
}

export default {
  forbidden: [
    row('shared', '^src/shared/', always),
    row('messages', '^src/messages/', always),
    row('platform', '^src/platform/', [...always, '^src/platform/']),
    row('domain', '^src/domain/([^/]+)/', [...always, '^src/platform/', '^src/domain/$1/', apis, ...seams]),
    row('protocols', '^src/protocols/([^/]+)/', [...always, '^src/platform/', '^src/protocols/$1/', apis, ...seams]),
    row('pages', '^src/web/([^/]+)/', [...always, '^src/web/$1/', '^src/web/kit/', apis, ...seams, ...frame], ['^src/web/(kit|layout)/']),
    row('frame of the pages', frame, [...always, '^src/web/kit/', apis, ...seams, ...frame]),
    row('kit', '^src/web/kit/', [...always, '^src/web/kit/', '^src/web/layout/']),
    {
      name: 'kit: of the frame, types only',
      severity: 'error',
      from: { path: '^src/web/kit/', pathNot: test },
      to: { path: '^src/web/layout/', dependencyTypesNot: ['type-only'] },
    },
    row('context and result', seams, [...always, '^src/platform/', ...seams]),
    {
      name: 'context and result: of the platform, types only',
      severity: 'error',
      from: { path: seams },
      to: { path: '^src/platform/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'SQL in queries.ts only',
      severity: 'error',
      comment: 'Query builders stay in queries… and access… files.',
      from: { path: '^src/domain/', pathNot: [test, '(queries|access)[^/]*[.]ts$'] },
      to: { path: 'node_modules/(kysely|pg)/' },
    },
    {
      name: 'no cycle between files',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no test in the product',
      severity: 'error',
      from: { path: '^src/', pathNot: test },
      to: { path: [test, '^tests/', '^bench/'] },
    },
    {
      name: 'every import leads somewhere',
      severity: 'error',
      from: { path: '^(src|tests|bench)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'the product needs no development package',
      severity: 'error',
      from: { path: '^src/', pathNot: [test, '^src/web/browser/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^data/'] },
    tsPreCompilationDeps: true, // Type imports count too.
    combinedDependencies: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      conditionNames: ['import', 'node', 'types', 'default'],
      exportsFields: ['exports'],
    },
  },
};
