/**
 * Typing into a function of a thousand lines: from the key going down, as the browser's own process saw it, until the frame that shows
 * it is done. On an idle project, and while a run goes on as fast as it can.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_FOLDER, exampleZip } from './example-zip.mjs';
import { percentile } from './figures.mjs';
import { chooseSpeed, importZip, newPage, simulate } from './studio-page.mjs';

const FILE = 'transaction-manager.ts';
const LINES = 1000;
/** A fast typist: eight keys a second. */
const KEY_MS = 125;
const KEYS = 'const score = amount * 3;\nif (score > 12) {\nconsole.log(score);\nconst more = score - 1;\n';
const ROUNDS = 3;
const SHOW_TIMEOUT = 60_000;

export async function measureTyping({ browser, app, say, problems }) {
  const page = await newPage(browser, problems);
  const path = `functions/${FILE}`;
  const text = longFile(readFileSync(join(EXAMPLE_FOLDER, path), 'utf8'));
  await importZip(page, app.address, 'typing', await exampleZip((studio) => studio, { [path]: text }));
  await openFile(page);
  say('typing without a run');
  const idle = await type(page);
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await page.getByText('Running at max').waitFor({ timeout: SHOW_TIMEOUT });
  say('typing during a run');
  const before = await messages(page);
  const started = performance.now();
  const running = await type(page);
  const perSecond = ((await messages(page)) - before) / ((performance.now() - started) / 1000);
  await page.getByText('Running at max').waitFor({ timeout: 1000 });
  await page.context().close();
  return { lines: text.split('\n').length, idle: figuresOf(idle), running: { ...figuresOf(running), messagesPerSecond: perSecond } };
}

/** The example's function with more functions of the same sort behind it. */
function longFile(text) {
  const lines = text.split('\n');
  for (let index = 0; lines.length < LINES - 12; index += 1) {
    lines.push(
      '',
      `/** Step ${index} of a long way. */`,
      `export function step${index}(context: Context, id: string, pending: Pending): number {`,
      `  const factor = pending.amount > ${index} ? pending.amount / ${index + 1} : ${index};`,
      '  if (pending.fraudCount === null) {',
      `    console.log('step ${index}', id, context.self.id, factor);`,
      '    return factor;',
      '  }',
      '  return factor * pending.fraudCount;',
      '}',
    );
  }
  lines.push('', 'export function written(amount: number) {', '  ', '}', '');
  return lines.join('\n');
}

async function openFile(page) {
  await page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name: 'Code' }).click();
  await page.getByRole('region', { name: 'Files' }).getByRole('row', { name: FILE, exact: true }).click();
  await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: SHOW_TIMEOUT });
  await page.getByText('Types checked').waitFor({ timeout: SHOW_TIMEOUT });
  await page.evaluate(() => {
    const times = [];
    document.addEventListener(
      'keydown',
      (event) => {
        requestAnimationFrame(() => {
          // Behind the frame's own work: by then it is painted.
          const channel = new MessageChannel();
          channel.port1.addEventListener('message', () => times.push(performance.now() - event.timeStamp), { once: true });
          channel.port1.start();
          channel.port2.postMessage(null);
        });
      },
      { capture: true },
    );
    globalThis.benchKeys = times;
  });
}

/** At the end of the file, inside the function that is made for it. A late page does not slow the typist down. */
async function type(page) {
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.waitForTimeout(1000);
  await page.evaluate(() => globalThis.benchKeys.splice(0));
  const underWay = [];
  const start = performance.now();
  const keys = KEYS.repeat(ROUNDS);
  for (let index = 0; index < keys.length; index += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, Math.max(0, start + index * KEY_MS - performance.now()));
    });
    const key = keys[index] === '\n' ? 'Enter' : keys[index];
    underWay.push(page.keyboard.press(key));
    // What Monaco suggests must not be taken by Enter.
    if (keys[index + 1] === '\n') {
      underWay.push(page.keyboard.press('Escape'));
    }
  }
  await Promise.all(underWay);
  await page.waitForTimeout(1000);
  return page.evaluate(() => globalThis.benchKeys.splice(0));
}

async function messages(page) {
  const text = await page.locator('footer').textContent();
  return Number(/([\d\u2009]+) messages/.exec(text)?.[1].replaceAll('\u2009', '') ?? 0);
}

function figuresOf(times) {
  return { keys: times.length, median: percentile(times, 0.5), p95: percentile(times, 0.95), max: Math.max(...times) };
}
