/**
 * `npm run bench`: throughput, pace, smoothness, typing, saving, sizes and cold start of the built app, from one run of Chromium, as
 * ratios where a machine's speed would tell nothing. Prints; never judges by its exit code, which is 1 only when
 * something could not be measured.
 *
 *   --json FILE   writes the figures
 *   --only LIST   measures only these: throughput,paced,smoothness,typing,save-to-call,try-function,remote,sizes,cold-start,export,million
 *   --dist DIR    measures this build instead of making one
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled } from './install.mjs';

const { values: options } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' }, dist: { type: 'string' } } });

ensureInstalled();
const { dist: ownDist, ensureBuilt } = await import('./build.mjs');
const { ensureChromium } = await import('./chromium.mjs');
const executablePath = ensureChromium();
if (options.dist === undefined) {
  ensureBuilt();
}
const dist = options.dist === undefined ? ownDist : resolve(options.dist);

const { chromium } = await import('@playwright/test');
const { machine } = await import('./bench/figures.mjs');
const { serveApp } = await import('./bench/servers.mjs');
const report = await import('./bench/report.mjs');
const { measureThroughput } = await import('./bench/throughput.mjs');
const { measurePaced } = await import('./bench/paced.mjs');
const { measureSmoothness } = await import('./bench/smoothness.mjs');
const { measureTyping } = await import('./bench/typing.mjs');
const { measureSaveToCall } = await import('./bench/save-to-call.mjs');
const { measureTryFunction } = await import('./bench/try-function.mjs');
const { measureRemote } = await import('./bench/remote.mjs');
const { measureSizes } = await import('./bench/sizes.mjs');
const { measureExport } = await import('./bench/export.mjs');
const { measureMillion } = await import('./bench/million.mjs');
const { measureColdStart } = await import('./bench/cold-start.mjs');

const TRANSACTIONS = 10_000;
const PARTS = {
  sizes: [measureSizes, report.describeSizes],
  'cold-start': [measureColdStart, report.describeColdStart],
  throughput: [measureThroughput, report.describeThroughput],
  paced: [measurePaced, report.describePaced],
  smoothness: [measureSmoothness, report.describeSmoothness],
  typing: [measureTyping, report.describeTyping],
  'save-to-call': [measureSaveToCall, report.describeSaveToCall],
  'try-function': [measureTryFunction, report.describeTryFunction],
  remote: [measureRemote, report.describeRemote],
  export: [measureExport, report.describeExport],
  million: [measureMillion, report.describeMillion],
};
const wanted = options.only?.split(',') ?? Object.keys(PARTS);
const unknown = wanted.filter((part) => PARTS[part] === undefined);
if (unknown.length > 0) {
  console.error(`--only knows ${Object.keys(PARTS).join(', ')}; it does not know ${unknown.join(', ')}.`);
  process.exit(1);
}

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const app = await serveApp(dist);
const figures = { machine: machine(), chromium: browser.version(), node: process.version };
const failures = {};
console.log(`Chromium ${figures.chromium}, ${figures.machine}`);

for (const part of wanted) {
  const [measure, describe] = PARTS[part];
  console.log(`\n# ${part}`);
  const problems = [];
  try {
    figures[part] = await measure({ browser, app, dist, transactions: TRANSACTIONS, problems, say: (text) => console.log(`  … ${text}`) });
    console.log(describe(figures[part]));
  } catch (error) {
    failures[part] = [error instanceof Error ? error.message : String(error), ...problems].join('\n  ');
    console.log(`  could not be measured: ${failures[part]}`);
  }
}

await browser.close();
await app.close();
console.log(`\n${report.summary(figures, failures, wanted)}`);
console.log(`\nLoad at the end: ${machine()}`);
if (options.json !== undefined) {
  writeFileSync(options.json, `${JSON.stringify({ ...figures, failures }, null, 2)}\n`);
}
process.exit(Object.keys(failures).length === 0 ? 0 : 1);
