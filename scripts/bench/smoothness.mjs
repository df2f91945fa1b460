/** Frame times while a node is dragged with the mouse: on the idle page, and during a run at full speed. */
import { EXAMPLE } from './example-zip.mjs';
import { median, percentile } from './figures.mjs';
import { newPage, openExample, presetMaxSpeed, simulate, stop } from './studio-page.mjs';

const DRAG_MS = 5000;
const ROUNDS = 2;
const RADIUS = 60;
const STEP_MS = 16;
const UNANSWERED_MOVES = 8;
const NODE = '.react-flow__node[data-id="function:fraud/model"]';

export async function measureSmoothness({ browser, app, say, problems }) {
  const page = await newPage(browser, problems);
  await openExample(page, app.address, EXAMPLE);
  await presetMaxSpeed(page);
  const idle = [];
  const running = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    say(`dragging, round ${round} of ${ROUNDS}: idle`);
    await page.waitForTimeout(1000);
    idle.push(await drag(page));
    say(`dragging, round ${round} of ${ROUNDS}: during a run`);
    await simulate(page);
    await page.getByText('Running at max').waitFor();
    await page.waitForTimeout(1000);
    running.push(await drag(page));
    await page.getByText('Running at max').waitFor({ timeout: 1000 });
    await stop(page);
  }
  await page.context().close();
  const p95 = (drags) => median(drags.map((each) => each.p95));
  return { idle, running, idleP95: p95(idle), runningP95: p95(running), ratio: p95(running) / p95(idle) };
}

/** Around a circle for some seconds, and back to where it was. */
async function drag(page) {
  const node = page.locator(NODE);
  const before = await node.boundingBox();
  if (before === null) {
    throw new Error('there is no node to drag');
  }
  const x = before.x + before.width / 2;
  const y = before.y + Math.min(before.height / 2, 14);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await page.evaluate(() => {
    const deltas = [];
    let last = null;
    let frame = 0;
    const tick = (now) => {
      if (last !== null) {
        deltas.push(now - last);
      }
      last = now;
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    globalThis.benchFrames = { deltas, end: () => cancelAnimationFrame(frame) };
  });
  const moves = await moveAround(page, x, y);
  const deltas = await page.evaluate(() => {
    globalThis.benchFrames.end();
    return globalThis.benchFrames.deltas;
  });
  await page.mouse.move(x + RADIUS, y);
  await page.waitForTimeout(200);
  const after = await node.boundingBox();
  await page.mouse.move(x, y);
  await page.mouse.up();
  if (after === null || after.x - before.x < RADIUS / 2) {
    throw new Error('the node did not follow the mouse');
  }
  return { frames: deltas.length, moves, median: median(deltas), p95: percentile(deltas, 0.95), max: Math.max(...deltas) };
}

/** Like a hand, the mouse does not wait for the page; only a page that is far behind slows it down. Returns how often it moved. */
async function moveAround(page, x, y) {
  const start = performance.now();
  const underWay = new Set();
  let moves = 0;
  while (performance.now() - start < DRAG_MS) {
    if (underWay.size < UNANSWERED_MOVES) {
      const turn = (performance.now() - start) / 400;
      const move = page.mouse.move(x + RADIUS * Math.sin(turn), y + RADIUS * (Math.cos(turn) - 1)).then(() => underWay.delete(move));
      underWay.add(move);
      moves += 1;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, STEP_MS);
    });
  }
  await Promise.all(underWay);
  return moves;
}
