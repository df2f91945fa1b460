/** The figures in words, and against their bars. */
import { fixed, spreadText, table, whole } from './figures.mjs';

const KILOBYTE = 1024;
const BARS = { ratio: 0.6, frames: 2, kilobytes: 350, coldSeconds: 5, millionBytes: KILOBYTE ** 3 };

export function describeThroughput(figures) {
  const { run, firstRun, runs, bareMessagesPerSecond } = figures;
  const { minMillis, meanMillis } = run.latencyMillis;
  const settings =
    `parallelism ${run.parallelism}, ` +
    (run.checkpointIntervalMillis === null ? 'no checkpoints' : `checkpoint every ${run.checkpointIntervalMillis / 1000} s`);
  const times = ({ running, idle, durable, messagesPerSecond }) =>
    `${whole(messagesPerSecond)}/s: ${whole(durable)} ms from the click on Simulate until the last commit ` +
    `(running after ${whole(running)}, idle after ${whole(idle)})`;
  return lines([
    `Backlog of ${whole(figures.transactions)} transactions, L ${minMillis} ms (mean latency ${meanMillis} ms), ${settings}`,
    `${whole(run.messages)} messages in ${whole(run.completedCalls)} completed calls of ${whole(run.calls)}: ` +
      `${fixed(run.messages / run.completedCalls)} messages a call on average, at most ${whole(run.largestCall)}`,
    `${whole(run.batches)} sandbox batches: ${fixed(run.calls / run.batches, 1)} calls a batch on average, at most ${whole(run.largestBatch)}; ` +
      `${whole(run.journalRecords)} journal records`,
    `Journal ${megabytes(run.requestBytes)} of requests and ${megabytes(run.replyBytes)} of replies, ` +
      `${whole(run.traceEvents)} events in ${megabytes(run.traceBytes)} of trace; the browser counts ${megabytes(run.storageBytes)} of storage`,
    `First run     ${times(firstRun)}`,
    ...runs.map((each, index) => `Run ${index + 1}         ${times(each)}`),
    `Bare loop     ${bareMessagesPerSecond.map((rate) => `${whole(rate)}/s`).join(', ')} (each the median of 3 passes); its longest call ${spreadText(figures.longestCall, whole)} ms`,
    `Medians       pipeline ${spreadText(figures.pipeline, whole)}/s, bare loop ${spreadText(figures.bare, whole)}/s`,
    `Ratio         ${fixed(figures.ratio)}; each run against the loops around it: ${figures.ratios.map((ratio) => fixed(ratio)).join(', ')}`,
    'Durable: times are the page’s; the end is when a reader of IndexedDB first finds the last journal record committed.',
  ]);
}

export function describePaced(figures) {
  return lines([
    `The example's own feeds at ${figures.speed}× for ${fixed(figures.realMillis / 1000, 1)} s: ${whole(figures.messagesPerSecond)} messages/s, ` +
      `${fixed(figures.reachedSpeed)}× reached, the clock at most ${whole(figures.largestLag)} ms behind real time`,
  ]);
}

export function describeSmoothness(figures) {
  const words = ({ frames, moves, median, p95, max }) =>
    `median ${fixed(median, 1)}, 95th percentile ${fixed(p95, 1)}, longest ${fixed(max, 1)} ms (${frames} frames, ${moves} moves of the mouse)`;
  return lines([
    ...figures.idle.map((drag) => `Idle    ${words(drag)}`),
    ...figures.running.map((drag) => `Run     ${words(drag)}`),
    `Medians of the 95th percentiles: idle ${fixed(figures.idleP95, 1)} ms, during a run ${fixed(figures.runningP95, 1)} ms, ratio ${fixed(figures.ratio)}`,
  ]);
}

export function describeSizes(figures) {
  const screen = (name, size) => [
    `${name}: ${whole(size.bytes)} bytes of JavaScript in ${size.files} files over the wire (${size.encodings.join(', ')}); ` +
      `gzip would be ${whole(size.gzip)}; with everything else ${whole(size.allBytes)}`,
    ...size.largest.map(({ file, bytes, gzip }) => `  ${whole(bytes).padStart(9)}  gzip ${whole(gzip).padStart(9)}  ${file}`),
  ];
  return lines([...screen('Start page', figures.start), ...screen('Example opened', figures.canvas)]);
}

export function describeColdStart({ starts, seconds, simulateSeconds }) {
  return lines([
    `First message ${spreadText(seconds, fixed)} s after the navigation began, ${starts.length} new browser contexts; ` +
      `Simulate was clicked after ${spreadText(simulateSeconds, fixed)} s. The status bar counts at most 0.25 s late.`,
  ]);
}

export function describeMillion({ records, runs }) {
  return lines(
    runs.map(
      ({ shape, peakBytes, seconds, perSecond }) =>
        `${whole(records)} records ${shape}: ${megabytes(peakBytes)} at most, ${fixed(seconds, 0)} s, ${whole(perSecond)} records/s`,
    ),
  );
}

/** One line a bar: what it asks, what was measured, met or missed. */
export function summary(figures, failures, wanted) {
  const { throughput, paced, smoothness, sizes, million } = figures;
  const cold = figures['cold-start'];
  const largest = sizes === undefined ? null : Math.max(sizes.start.bytes, sizes.canvas.bytes);
  const rows = [
    row('throughput', `messages/s ÷ bare loop ≥ ${BARS.ratio}`, throughput, () => [
      `${fixed(throughput.ratio)} (${throughput.ratios.map((ratio) => fixed(ratio)).join(', ')}), ${whole(throughput.pipeline.median)}/s`,
      throughput.ratio >= BARS.ratio,
    ]),
    row('paced', 'paced run (no bar)', paced, () => [
      `${whole(paced.messagesPerSecond)} messages/s at ${paced.speed}×, lag ${whole(paced.largestLag)} ms`,
      null,
    ]),
    row('smoothness', `frame p95, run ÷ idle ≤ ${BARS.frames}`, smoothness, () => [
      `${fixed(smoothness.ratio)} (${fixed(smoothness.runningP95, 1)} ÷ ${fixed(smoothness.idleP95, 1)} ms)`,
      smoothness.ratio <= BARS.frames,
    ]),
    row('sizes', `JavaScript ≤ ${BARS.kilobytes} KB`, sizes, () => [
      `start ${kilobytes(sizes.start.bytes)}, canvas ${kilobytes(sizes.canvas.bytes)} (gzip ${kilobytes(sizes.canvas.gzip)})`,
      largest <= BARS.kilobytes * KILOBYTE,
    ]),
    row('cold-start', `first message ≤ ${BARS.coldSeconds} s`, cold, () => [
      `${spreadText(cold.seconds, fixed)} s`,
      cold.seconds.median <= BARS.coldSeconds,
    ]),
    row('million', `simulate of a million records ≤ ${megabytes(BARS.millionBytes)}`, million, () => [
      million.runs.map(({ shape, peakBytes }) => `${megabytes(peakBytes)} ${shape}`).join(', '),
      million.runs.every(({ peakBytes }) => peakBytes <= BARS.millionBytes),
    ]),
  ];
  return table([['bar', 'figure', ''], ...rows.filter((each) => wanted.includes(each.part)).map((each) => each.cells)]);

  function row(part, bar, measured, judge) {
    if (measured === undefined) {
      return { part, cells: [bar, failures[part] === undefined ? '' : 'not measured', 'NOT MEASURED'] };
    }
    const [figure, met] = judge();
    return { part, cells: [bar, figure, met === null ? '' : met ? 'met' : 'MISSED'] };
  }
}

function lines(texts) {
  return texts.map((text) => `  ${text}`).join('\n');
}

function megabytes(bytes) {
  return `${fixed(bytes / KILOBYTE / KILOBYTE, 1)} MB`;
}

function kilobytes(bytes) {
  return `${fixed(bytes / KILOBYTE, 1)} KB`;
}
