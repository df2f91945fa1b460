/** Bytes of JavaScript that the server sends, workers included, until a screen has settled; nothing is touched. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EXAMPLE } from './example-zip.mjs';
import { newPage, simulateButton } from './studio-page.mjs';

const QUIET_MS = 2000;
const LARGEST = 10;

export async function measureSizes({ browser, app, dist, problems }) {
  const start = await load({ browser, app, dist, problems }, '/', (page) =>
    page.getByRole('button', { name: 'Open the example' }).waitFor(),
  );
  const canvas = await load({ browser, app, dist, problems }, `/?example=${EXAMPLE}`, async (page) => {
    await simulateButton(page).waitFor();
    await page.locator('.react-flow__node').first().waitFor();
  });
  return { start, canvas };
}

async function load({ browser, app, dist, problems }, address, shown) {
  const page = await newPage(browser, problems);
  app.takeLog();
  await page.goto(`${app.address}${address}`);
  await shown(page);
  for (let seen = -1; seen !== app.requests();) {
    seen = app.requests();
    await page.waitForTimeout(QUIET_MS);
  }
  await page.context().close();
  const answers = app.takeLog().filter((answer) => answer.status === 200);
  const scripts = answers.filter((answer) => answer.type.startsWith('text/javascript'));
  const files = scripts
    .map(({ path, bytes, encoding }) => ({
      file: basename(path),
      bytes,
      encoding,
      gzip: gzipSync(readFileSync(join(dist, path)), { level: 9 }).length,
    }))
    .toSorted((a, b) => b.bytes - a.bytes);
  return {
    bytes: sum(files.map((file) => file.bytes)),
    gzip: sum(files.map((file) => file.gzip)),
    encodings: [...new Set(files.map((file) => file.encoding))],
    files: files.length,
    allBytes: sum(answers.map((answer) => answer.bytes)),
    largest: files.slice(0, LARGEST),
  };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
