import { writeFileSync } from 'node:fs';

/** Counts for `npm test`. What never came to be a test (a file that does not load, an error outside any test) is a failure like another. */
export default class CountingReporter {
  constructor({ file }) {
    this.file = file;
  }

  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0, databases: {} };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      const { database } = module.project.getProvidedContext();
      if (database) counts.databases[database] = (counts.databases[database] ?? 0) + tests.filter((test) => test.result().state === 'passed').length;
      for (const test of tests) counts[test.result().state] = (counts[test.result().state] ?? 0) + 1;
      for (const test of tests) if (test.diagnostic()?.flaky) console.log(`Passed when played again: ${test.fullName}${whyFirst(test)}`);
      const ownErrors = module.errors().length + [...module.children.allSuites()].reduce((sum, suite) => sum + suite.errors().length, 0);
      counts.failed += ownErrors;
      counts.failed += counts.pending ?? 0;
      delete counts.pending;
    }
    writeFileSync(this.file, JSON.stringify(counts));
  }
}

/** The first line of what failed the first time; the pages as they stood then are further up. */
function whyFirst(test) {
  const message = test.result().errors?.[0]?.message;
  return message ? ` (first: ${message.split('\n')[0]})` : '';
}
