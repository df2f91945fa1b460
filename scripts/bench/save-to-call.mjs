/**
 * From Ctrl+S in a function to the first call answered by the new code, while the run goes on as fast as it can. The new code
 * throws, so that the run tells of its first call: the time ends when the page hears of the failure.
 */
import { exampleZip } from './example-zip.mjs';
import { percentile } from './figures.mjs';
import { chooseSpeed, importZip, newPage, simulate } from './studio-page.mjs';

const FILE = 'model.ts';
/** Above it a statement can be written. */
const LINE = 'const features = valueOf(message, FeatureVector);';
/** What was typed has been read over before Ctrl+S, and then Ctrl+S right behind the last key. */
const CALM_ROUNDS = 8;
const HASTY_ROUNDS = 5;
/** From Ctrl to S, as fingers do it. */
const CHORD_MS = 60;
const TIMEOUT = 60_000;

export async function measureSaveToCall({ browser, app, say, problems }) {
  const page = await newPage(browser, problems);
  // Tall enough that the line stays in view above the failure.
  await page.setViewportSize({ width: 1440, height: 1500 });
  await page.addInitScript(listen);
  await importZip(page, app.address, 'save-to-call', await exampleZip((studio) => studio));
  await page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: 'Code' }).click();
  await page.getByRole('region', { name: 'Files' }).getByRole('row', { name: FILE, exact: true }).click();
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: TIMEOUT });
  await page.getByText('Types checked').waitFor({ timeout: TIMEOUT });
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await page.getByText('Running at max').waitFor({ timeout: TIMEOUT });
  const times = [];
  for (let round = 1; round <= CALM_ROUNDS + HASTY_ROUNDS; round += 1) {
    say(`round ${round}`);
    times.push(await saveOnce(page, round));
  }
  await page.context().close();
  const hasty = times.splice(CALM_ROUNDS);
  const of = (name) => times.map((time) => time[name]);
  return { times, hasty, loaded: percentile(of('loaded'), 0.5), median: percentile(of('called'), 0.5), max: Math.max(...of('called')) };
}

async function saveOnce(page, round) {
  await page.locator('.view-line', { hasText: LINE }).first().click();
  await page.keyboard.press('Home');
  await page.keyboard.type(`throw new Error('round ${round}');`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  if (round <= CALM_ROUNDS) {
    await page.waitForTimeout(1500);
  }
  await page.evaluate(() => globalThis.benchSave.start());
  await page.keyboard.down('Control');
  await page.waitForTimeout(CHORD_MS);
  await page.keyboard.press('s');
  await page.keyboard.up('Control');
  await page.waitForFunction(() => globalThis.benchSave.called !== null, null, { timeout: TIMEOUT, polling: 50 });
  const time = await page.evaluate(() => {
    const { pressed, loaded, called } = globalThis.benchSave;
    return { loaded: loaded - pressed, called: called - pressed };
  });
  const added = page.locator('.view-line', { hasText: `round ${round}` });
  for (let step = 0; step < 10 && (await added.count()) > 0; step += 1) {
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(100);
  }
  await page.getByRole('button', { name: 'Retry now' }).first().click();
  await page.getByText('Running at max').waitFor({ timeout: TIMEOUT });
  return time;
}

/** Runs in the page before the app does: notes when the key went down, and what the app's worker told when. */
function listen() {
  const NativeWorker = globalThis.Worker;
  const bench = { pressed: null, loaded: null, called: null, code: null, start: null };
  let code = null;
  bench.start = () => Object.assign(bench, { pressed: null, loaded: null, called: null, code });
  globalThis.benchSave = bench;
  // On the window and before the app's own: it keeps the key to itself.
  globalThis.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 's' && event.ctrlKey) {
        bench.pressed = event.timeStamp;
      }
    },
    { capture: true },
  );
  globalThis.Worker = class extends NativeWorker {
    constructor(url, options) {
      super(url, options);
      if (options?.name === 'statefun-studio') {
        this.addEventListener('message', ({ data }) => {
          if (data.type !== 'run-status' || data.status === null) {
            return;
          }
          code = data.status.code;
          if (bench.pressed !== null && code !== bench.code) {
            bench.loaded ??= performance.now();
            if (data.status.phase === 'failed') {
              bench.called ??= performance.now();
            }
          }
        });
      }
    }
  };
}
