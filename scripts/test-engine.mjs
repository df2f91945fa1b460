/**
 * `npm run test:engine`: runs the tests against the real StateFun. `--full` runs everything there is, `--record` writes the golden files of
 * test/golden anew; other arguments go to vitest (`-t S25`). ENGINE_LANGUAGES=python,java,go names the languages whose SDKs are tested, on a machine
 * that lacks the tools of one. The last line is `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failedUnitTests, printFailures } from './failures.mjs';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const known = new Set(['--full', '--record']);
const given = process.argv.slice(2);
const reports = mkdtempSync(join(tmpdir(), 'statefun-engine-report-'));
const report = join(reports, 'engine.json');
const child = spawn(
  process.execPath,
  [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--config=test/engine/vitest.config.ts',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...given.filter((argument) => !known.has(argument)),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      // Three times as many random programs, unless the caller says how many.
      ...(given.includes('--full') ? { ENGINE_FULL: '1', PROGRAMS_SHARE: process.env.PROGRAMS_SHARE ?? '3' } : {}),
      ...(given.includes('--record') ? { RECORD_ENGINE: '1' } : {}),
    },
  },
);
// vitest ends its own children; this process stays to hear of it.
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => child.kill(signal));
}
child.on('exit', (code) => {
  const { passed, failed, failures } = counts();
  rmSync(reports, { recursive: true, force: true });
  if (process.env.ENGINE_LANGUAGES !== undefined) {
    console.log(
      `\nOf the SDKs of other languages only those that ENGINE_LANGUAGES names were tested: ${process.env.ENGINE_LANGUAGES || 'none'}.`,
    );
  }
  printFailures(failures);
  console.log(`\n${passed} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed`);
  process.exit(code === 0 ? 0 : 1);
});

function counts() {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: result.numPassedTests, failed: result.numFailedTests, failures: failedUnitTests(result) };
  } catch {
    return { passed: 0, failed: 0, failures: [] };
  }
}
