/**
 * Durable function messages a second of the whole pipeline, and of the bare loop over the same requests. The bare loop is
 * timed before and after every run, since other work on the machine changes from minute to minute.
 */
import { createBareLoop } from './bare-loop.mjs';
import { backlogZip } from './example-zip.mjs';
import { median, spread } from './figures.mjs';
import { readRequests, readRun } from './journal.mjs';
import { importZip, newPage, presetMaxSpeed, runToIdle, stop } from './studio-page.mjs';

const RUNS = 2;

export async function measureThroughput({ browser, app, transactions, say, problems }) {
  const page = await newPage(browser, problems);
  await importZip(page, app.address, 'backlog', await backlogZip(transactions));
  await presetMaxSpeed(page);
  const rate = (facts, millis) => (1000 * facts.messages) / millis;

  say('first run, whose requests the bare loop gets');
  const first = await timedRun(page);
  const requests = await readRequests(page);
  const { facts } = first;

  const bareLoop = await createBareLoop(browser, requests);
  const bare = [];
  const longestCalls = [];
  const runs = [];
  const timeBare = async () => {
    say('bare loop');
    const passes = await bareLoop.run();
    bare.push(median(passes.map((pass) => pass.millis)));
    longestCalls.push(...passes.map((pass) => pass.longest));
  };
  await timeBare();
  for (let index = 0; index < RUNS; index += 1) {
    await stop(page);
    say(`run ${index + 1} of ${RUNS}`);
    const run = await timedRun(page);
    if (run.facts.messages !== facts.messages || run.facts.calls !== facts.calls) {
      throw new Error('two runs of one project asked different things of its functions');
    }
    runs.push(run);
    await timeBare();
  }
  await bareLoop.close();
  await page.context().close();

  const bareRates = bare.map((millis) => rate(facts, millis));
  const runRates = runs.map(({ times }) => rate(facts, times.durable));
  return {
    transactions,
    run: facts,
    firstRun: { ...first.times, messagesPerSecond: rate(facts, first.times.durable) },
    runs: runs.map(({ times }, index) => ({ ...times, messagesPerSecond: runRates[index] })),
    bareMessagesPerSecond: bareRates,
    /** Milliseconds that the call with the most work takes by itself. */
    longestCall: spread(longestCalls),
    pipeline: spread(runRates),
    bare: spread(bareRates),
    /** Each run against the mean time of the two loops around it. */
    ratios: runs.map(({ times }, index) => (bare[index] + bare[index + 1]) / 2 / times.durable),
    ratio: median(runRates) / median(bareRates),
  };
}

async function timedRun(page) {
  const times = await runToIdle(page);
  return { times, facts: await readRun(page) };
}
