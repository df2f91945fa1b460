/** The figures in words, and against their bars. */
import { fixed, median, spreadText, table, whole } from './figures.mjs';

const KILOBYTE = 1024;
const BARS = {
  ratio: 0.6,
  frames: 2,
  kilobytes: 350,
  coldSeconds: 5,
  millionBytes: KILOBYTE ** 3,
  keyMillis: 50,
  tryMillis: 100,
  saveMillis: 300,
};

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

export function describeTyping({ lines: count, idle, running }) {
  const words = ({ keys, median, p95, max }) =>
    `median ${fixed(median, 1)}, 95th percentile ${fixed(p95, 1)}, longest ${fixed(max, 1)} ms from key to frame (${keys} keys)`;
  return lines([
    `A file of ${whole(count)} lines, 8 keys a second`,
    `Idle    ${words(idle)}`,
    `Run     ${words(running)}, ${whole(running.messagesPerSecond)} messages/s`,
  ]);
}

export function describeSaveToCall({ times, hasty, loaded, median, max }) {
  return lines([
    `From Ctrl+S to the first call that the new code answered, told to the page, ${times.length} times during a run at full speed: ` +
      `median ${fixed(median, 0)}, longest ${fixed(max, 0)} ms; the code was in use after ${fixed(loaded, 0)} ms (median)`,
    `Each: ${times.map(({ called }) => fixed(called, 0)).join(', ')} ms`,
    `Right behind the last key: ${hasty.map(({ called }) => fixed(called, 0)).join(', ')} ms`,
  ]);
}

export function describeTryFunction({ first, times, median, p95, edited }) {
  return lines([
    `From the click on Run to the result in the page, ${times.length} times: median ${fixed(median, 0)}, 95th percentile ${fixed(p95, 0)} ms`,
    `The first ${fixed(first, 0)} ms; the first after each of ${edited.length} edits ${edited.map((time) => fixed(time, 0)).join(', ')} ms`,
  ]);
}

export function describeRemote({ records, requests, studio, remote }) {
  const rates = (all) => all.map((rate) => `${whole(rate)}/s`).join(', ');
  return lines([
    `${whole(records)} messages to as many addresses, a backlog; ${whole(requests)} requests came to the server`,
    `In the Studio ${rates(studio)}; through the relay ${rates(remote)}`,
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

export function describeExport(exports) {
  return lines(
    exports.map(
      ({ example, bytes, sha256, same }) =>
        `${example}: ${whole(bytes)} bytes, sha256 ${sha256.slice(0, 16)}…, ${same ? 'the same' : 'NOT the same'} in two time zones`,
    ),
  );
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
  const { throughput, paced, smoothness, typing, remote, sizes, million } = figures;
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
    row('typing', `keys shown during a run, p95 ≤ ${BARS.keyMillis} ms`, typing, () => [
      `${fixed(typing.running.p95, 1)} ms (idle ${fixed(typing.idle.p95, 1)} ms)`,
      typing.running.p95 <= BARS.keyMillis,
    ]),
    row('save-to-call', `Ctrl+S to the first call of the new code ≤ ${BARS.saveMillis} ms`, figures['save-to-call'], () => [
      `median ${fixed(figures['save-to-call'].median, 0)} ms, longest ${fixed(figures['save-to-call'].max, 0)} ms`,
      figures['save-to-call'].median <= BARS.saveMillis,
    ]),
    row('try-function', `one trial, from click to result ≤ ${BARS.tryMillis} ms`, figures['try-function'], () => [
      `median ${fixed(figures['try-function'].median, 0)} ms, 95th percentile ${fixed(figures['try-function'].p95, 0)} ms`,
      figures['try-function'].median <= BARS.tryMillis,
    ]),
    row('remote', 'a function on a server, messages/s ÷ the same in the Studio (no bar)', remote, () => [
      `${fixed(remote.ratio)}, ${whole(median(remote.remote))}/s`,
      null,
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
