/** From the address of the example in a browser that never saw it to the first message of a run. */
import { EXAMPLE } from './example-zip.mjs';
import { spread } from './figures.mjs';
import { newPage, simulateButton } from './studio-page.mjs';

const REPEATS = 3;

export async function measureColdStart({ browser, app, problems }) {
  const starts = [];
  for (let index = 0; index < REPEATS; index += 1) {
    const page = await newPage(browser, problems);
    // Seconds since the navigation began, which is where the page's own clock starts.
    await page.addInitScript(() => {
      const times = { simulate: null, message: null };
      globalThis.benchStart = times;
      document.addEventListener('click', () => (times.simulate ??= performance.now()), { capture: true });
      const look = () => {
        const shown = /([\d\u2009]+) messages/.exec(document.querySelector('footer')?.textContent ?? '')?.[1];
        if (shown !== undefined && shown !== '0') {
          times.message = performance.now();
        } else {
          requestAnimationFrame(look);
        }
      };
      requestAnimationFrame(look);
    });
    await page.goto(`${app.address}/?example=${EXAMPLE}`, { waitUntil: 'commit' });
    await simulateButton(page).click();
    await page.waitForFunction(() => globalThis.benchStart.message !== null);
    starts.push(await page.evaluate(() => globalThis.benchStart));
    await page.context().close();
  }
  return {
    starts,
    simulateSeconds: spread(starts.map(({ simulate }) => simulate / 1000)),
    seconds: spread(starts.map(({ message }) => message / 1000)),
  };
}
