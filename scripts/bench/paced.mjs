/** A run as one watches it: the example's own feeds at ten times real time. */
import { EXAMPLE } from './example-zip.mjs';
import { chooseSpeed, newPage, openExample, simulate } from './studio-page.mjs';

const SPEED = 10;
const SETTLE_MS = 2000;
const WATCH_MS = 20_000;

export async function measurePaced({ browser, app, problems }) {
  const page = await newPage(browser, problems);
  await openExample(page, app.address, EXAMPLE);
  await simulate(page);
  await chooseSpeed(page, 'Ten times real time');
  await page.getByText(`Running at ${SPEED}×`).waitFor();
  await page.waitForTimeout(SETTLE_MS);
  const watched = await page.evaluate(
    async ({ watchMillis, speed }) => {
      const footer = document.querySelector('footer');
      const clock = document.querySelector('[aria-label="Virtual time"]');
      const messages = () => Number(/([\d\u2009]+) messages/.exec(footer.textContent)?.[1].replaceAll('\u2009', ''));
      /** `Day 1 00:00:01.250` in ms. */
      const virtual = () => {
        const [, day, hours, minutes, seconds] = /Day (\d+) (\d+):(\d+):([\d.]+)/.exec(clock.textContent);
        return (((Number(day) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
      };
      const begin = { real: performance.now(), virtual: virtual(), messages: messages() };
      // The shown clock against the fastest it was so far: how long it stood still, or fell behind and was not made up.
      let ahead = -Infinity;
      let largestLag = 0;
      let real = begin.real;
      while (real - begin.real < watchMillis) {
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
        real = performance.now();
        const offset = virtual() / speed - real;
        ahead = Math.max(ahead, offset);
        largestLag = Math.max(largestLag, ahead - offset);
      }
      return {
        realMillis: real - begin.real,
        virtualMillis: virtual() - begin.virtual,
        messages: messages() - begin.messages,
        largestLag,
      };
    },
    { watchMillis: WATCH_MS, speed: SPEED },
  );
  await page.context().close();
  return {
    speed: SPEED,
    ...watched,
    messagesPerSecond: (1000 * watched.messages) / watched.realMillis,
    reachedSpeed: watched.virtualMillis / watched.realMillis,
  };
}
