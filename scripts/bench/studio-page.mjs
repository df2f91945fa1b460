/** Uses the Studio as a user would: by its buttons, and by what stands in its status bar. */
const OPEN_TIMEOUT = 60_000;
const RUN_TIMEOUT = 300_000;

/** A page of a browser that never saw the Studio. What breaks in it goes to `problems`, for when a figure cannot be had. */
export async function newPage(browser, problems) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(error.message));
  return page;
}

export function simulateButton(page) {
  return page.getByRole('button', { name: 'Simulate', exact: true });
}

export async function openExample(page, address, example) {
  await page.goto(`${address}/?example=${example}`);
  await simulateButton(page).waitFor({ timeout: OPEN_TIMEOUT });
  await page.locator('.react-flow__node').first().waitFor({ timeout: OPEN_TIMEOUT });
}

export async function importZip(page, address, name, bytes) {
  await page.goto(`${address}/`);
  const chooser = page.waitForEvent('filechooser', { timeout: OPEN_TIMEOUT });
  await page.getByRole('button', { name: 'Open a project ZIP' }).click();
  await (await chooser).setFiles({ name: `${name}.zip`, mimeType: 'application/zip', buffer: bytes });
  await simulateButton(page).waitFor({ timeout: OPEN_TIMEOUT });
}

/** Starts a run; its speed is the one chosen last. */
export async function simulate(page) {
  await simulateButton(page).click();
  await page.getByRole('region', { name: 'Run', exact: true }).waitFor({ timeout: OPEN_TIMEOUT });
}

export async function stop(page) {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await simulateButton(page).waitFor({ timeout: OPEN_TIMEOUT });
}

/** @param {'Real time' | 'Ten times real time' | 'As fast as it goes'} name */
export function chooseSpeed(page, name) {
  return page.getByRole('radio', { name, exact: true }).click();
}

/** A throw-away run: from then on runs of this page start at full speed. */
export async function presetMaxSpeed(page) {
  await simulate(page);
  await chooseSpeed(page, 'As fast as it goes');
  await page.getByText('Running at max').or(page.getByText('Idle: nothing')).waitFor({ timeout: OPEN_TIMEOUT });
  await stop(page);
}

/**
 * Clicks Simulate and waits until nothing is due and everything is on disk. Times are the page's own, from the click:
 * `running` and `idle` when the status bar says so, `durable` when a reader of the database first sees the last
 * journal record (a reader waits for the writer's transaction, so the record is committed then).
 */
export async function runToIdle(page) {
  await page.evaluate(() => {
    const times = { clicked: null, running: null, idle: null, failed: null };
    globalThis.benchTimes = times;
    document.addEventListener('click', () => (times.clicked ??= performance.now()), { capture: true, once: true });
    const footer = document.querySelector('footer');
    new MutationObserver(() => {
      const text = footer.textContent ?? '';
      if (text.includes('Running at')) {
        times.running ??= performance.now();
      } else if (text.includes('Idle:')) {
        times.idle ??= performance.now();
      } else if (/Paused at a failure|failed for good/.test(text)) {
        times.failed ??= text;
      }
    }).observe(footer, { childList: true, subtree: true, characterData: true });
  });
  await simulateButton(page).click();
  await page.waitForFunction(() => globalThis.benchTimes.idle !== null || globalThis.benchTimes.failed !== null, null, {
    timeout: RUN_TIMEOUT,
    polling: 100,
  });
  return page.evaluate(async () => {
    const { clicked, running, idle, failed } = globalThis.benchTimes;
    if (failed !== null) {
      const banners = [...document.querySelectorAll('[role="alert"], [aria-label="Failure"]')].map((banner) => banner.textContent);
      throw new Error(`the run did not come to its end: ${[failed, ...banners].join('; ')}`);
    }
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open('statefun-studio');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const records = () =>
      new Promise((resolve, reject) => {
        const request = database.transaction('journal').objectStore('journal').count();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const QUIET_MS = 1000;
    let seen = await records();
    let durable = performance.now();
    while (performance.now() - durable < QUIET_MS) {
      await new Promise((resolve) => {
        setTimeout(resolve, 10);
      });
      const now = await records();
      if (now !== seen) {
        seen = now;
        durable = performance.now();
      }
    }
    database.close();
    return { running: (running ?? idle) - clicked, idle: idle - clicked, durable: durable - clicked };
  });
}
