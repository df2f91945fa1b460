/**
 * `npm test`: installs what is missing, then checks types, lint, format and dead code, runs the unit tests, builds, and
 * runs the browser tests against the build. Every check counts; the last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failedBrowserTests, failedUnitTests, printFailures } from './failures.mjs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const { ensureBuilt } = await import('./build.mjs');
const { builtCommandLine } = await import('./build-cli.mjs');
const { ensureChromium } = await import('./chromium.mjs');
const chromium = ensureChromium();
const reports = mkdtempSync(join(tmpdir(), 'statefun-studio-test-'));
let passed = 0;
let failed = 0;
const failures = [];

function start(title, binary, args, options) {
  console.log(`\n# ${title}`);
  return spawnSync(process.execPath, [join(root, 'node_modules', binary), ...args], { cwd: root, ...options });
}

function run(title, binary, args, env = {}) {
  return start(title, binary, args, { stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

function check(title, binary, args) {
  const { status, stdout, stderr } = start(title, binary, args, { encoding: 'utf8' });
  const said = stdout + stderr;
  process.stdout.write(said);
  if (status === 0) {
    passed += 1;
  } else {
    failed += 1;
    failures.push({ title, message: said });
  }
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

check('types, layers without DOM', 'typescript/bin/tsc', ['-p', 'tsconfig.core.json']);
check('types', 'typescript/bin/tsc', ['-p', 'tsconfig.json']);
check('types of the examples', 'typescript/bin/tsc', ['-p', 'tsconfig.examples.json']);
check('lint', 'oxlint/bin/oxlint', ['--deny-warnings']);
check('format', 'oxfmt/bin/oxfmt', ['--check']);
check('dead code', 'knip/bin/knip.js', []);

// Tests run it as a process.
builtCommandLine();
const unitReport = join(reports, 'unit.json');
const unitOk = run('unit tests', 'vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]);
const unit = readReport(unitReport);
passed += unit?.numPassedTests ?? 0;
failed += unit?.numFailedTests ?? 0;
failures.push(...failedUnitTests(unit));
if (!unitOk && (unit?.numFailedTests ?? 0) === 0) {
  failed += 1;
  failures.push({ title: 'unit tests', message: 'their run ended badly, see above' });
}

ensureBuilt();
const browserReport = join(reports, 'browser.json');
const browserOk = run('browser tests', '@playwright/test/cli.js', ['test', '--reporter=list,json'], {
  CHROMIUM: chromium,
  PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
});
const browser = readReport(browserReport);
passed += browser?.stats.expected ?? 0;
failed += (browser?.stats.unexpected ?? 0) + (browser?.stats.flaky ?? 0);
failures.push(...failedBrowserTests(browser));
if (!browserOk && (browser?.stats.unexpected ?? 0) === 0) {
  failed += 1;
  failures.push({ title: 'browser tests', message: 'their run ended badly, see above' });
}

rmSync(reports, { recursive: true, force: true });
printFailures(failures);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
