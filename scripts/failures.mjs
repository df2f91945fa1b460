/** What failed in a run, told once more right above its last line: a log is read from its end, and often only its end is kept. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './install.mjs';

/** Lines of one message that are shown; the whole stands above, where the test failed. */
const shownLines = 30;

/** Of a vitest JSON report: failed tests, and files that did not come to their tests. */
export function failedUnitTests(report) {
  return (report?.testResults ?? []).flatMap((file) => {
    const where = relative(root, file.name);
    const tests = file.assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => ({ title: `${where} > ${fullName}`, message: failureMessages.join('\n') }));
    return tests.length === 0 && file.status === 'failed' ? [{ title: where, message: file.message }] : tests;
  });
}

/** Of a Playwright JSON report: tests that did not end as expected, and what kept the run from its tests. */
export function failedBrowserTests(report) {
  const failures = (report?.errors ?? []).map(({ message }) => ({ title: 'browser tests', message }));
  const visit = (suite, titles) => {
    for (const { title, file, line, ok, tests } of suite.specs ?? []) {
      if (!ok) {
        const message = tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors.map((error) => error.message))).join('\n');
        failures.push({ title: [`${file}:${line}`, ...titles, title].join(' > '), message });
      }
    }
    for (const inner of suite.suites ?? []) {
      visit(inner, [...titles, inner.title]);
    }
  };
  for (const file of report?.suites ?? []) {
    visit(file, []);
  }
  return failures;
}

/** Prints them, each with what it said; nothing when there are none. */
export function printFailures(failures) {
  if (failures.length === 0) {
    return;
  }
  console.log('\n# what failed');
  for (const { title, message } of failures) {
    console.log(`FAILED: ${title}`);
    const lines = stripVTControlCharacters(message ?? '')
      .trimEnd()
      .split('\n');
    for (const line of lines.slice(0, shownLines)) {
      console.log(`    ${line}`);
    }
    if (lines.length > shownLines) {
      console.log(`    … ${lines.length - shownLines} more lines, see above`);
    }
  }
}
