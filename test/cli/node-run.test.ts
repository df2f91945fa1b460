import { describe, expect, it } from 'vitest';
import { filePath, virtualTime } from '../../src/base/ids.ts';
import type { FilePath } from '../../src/base/ids.ts';
import { startRun } from '../../src/worker/play/play-run.ts';
import type { PlayProject } from '../../src/worker/play/play-project.ts';
import type { PlayRunOptions, RunStop } from '../../src/worker/play/play-run.ts';
import { STUDIO_JSON } from '../../src/model/project.ts';
import type { TraceEvent } from '../../src/runtime/trace-event.ts';
import { createTraceHash } from '../../src/runtime/trace-hash.ts';
import { traceLine } from '../../src/runtime/trace-line.ts';
import { loadExample } from '../support/load-example.ts';
import { openProject } from '../support/run-in-node.ts';

const GREET = filePath('functions/greet.ts');
const SECOND = 1000;

function greeterFiles(code?: string) {
  const files = loadExample('greeter');
  return code === undefined ? files : new Map([...files, [GREET, code]]);
}

/** Counts visits and throws at one visitor; `mark` tells versions apart. */
function code(mark: string, fails: string): string {
  return `import { StateFun, kafkaEgressMessage } from 'apache-flink-statefun';
    export const Greet = {
      typename: 'greeter/greet',
      specs: [{ name: 'visits', type: StateFun.intType() }],
      fn(context: any) {
        if (context.self.id === '${fails}') { throw new Error('not ${fails}'); }
        context.send(kafkaEgressMessage({ typename: 'greeter/greetings', topic: 'greetings', key: context.self.id, value: '${mark}', valueType: StateFun.stringType() }));
      },
    };`;
}

/** The greeter's one generator, changed. */
function withFeed(files: ReadonlyMap<FilePath, string>, change: Readonly<Record<string, unknown>>): ReadonlyMap<FilePath, string> {
  const studio = JSON.parse(files.get(STUDIO_JSON) ?? '') as { readonly feeds: readonly object[] };
  return new Map([...files, [STUDIO_JSON, JSON.stringify({ ...studio, feeds: studio.feeds.map((feed) => ({ ...feed, ...change })) })]]);
}

async function opened(files = greeterFiles()): Promise<PlayProject> {
  const project = await openProject(files);
  return { ...project, config: { ...project.config, settings: { ...project.config.settings, pauseOnFailure: false } } };
}

interface Played {
  readonly stop: RunStop;
  readonly trace: readonly TraceEvent[];
  readonly hash: string;
}

/** A run of so much virtual time. */
async function play(project: PlayProject, millis: number, options: PlayRunOptions = {}): Promise<Played> {
  const trace: TraceEvent[] = [];
  const hash = createTraceHash(null);
  const run = startRun(project, {
    ...options,
    onTrace(events) {
      trace.push(...events);
      events.forEach((event) => hash.add(traceLine(event)));
    },
  });
  const stop = await run.advanceTo(virtualTime(project.config.settings.startAt + millis));
  return { stop, trace, hash: hash.hex() };
}

describe('a run in Node', () => {
  it('gives every event once and in order, and waits for a slow reader', async () => {
    const project = await opened();
    const seen: number[] = [];
    let reading = 0;
    const run = startRun(project, {
      slice: 50,
      async onTrace(events) {
        reading += 1;
        expect(reading).toBe(1);
        await new Promise((resolve) => {
          setImmediate(resolve);
        });
        seen.push(...events.map(({ seq }) => seq));
        reading -= 1;
      },
    });
    expect(await run.advanceTo(virtualTime(project.config.settings.startAt + 120 * SECOND))).toBe('until');
    run.close();
    expect(seen.length).toBeGreaterThan(500);
    expect(seen).toEqual(seen.map((_, index) => index + 1));
  });

  it('has the same trace when what functions write is not kept', async () => {
    const project = await opened();
    const kept = await play(project, 60 * SECOND);
    const forgotten = await play({ ...project, config: { ...project.config, keepEgressRecords: false } }, 60 * SECOND);
    project.sandbox.close();
    expect(forgotten.hash).toBe(kept.hash);
  });

  it('stops at the same event each time when the job fails of the same thing again and again', async () => {
    // A record without key fails the job without any call: nothing but the restart itself stops the engine there.
    const project = await opened(withFeed(greeterFiles(), { key: '', count: 3 }));
    const runs: Played[] = [];
    for (const options of [{}, { batch: 1 }, { slice: 7 }]) {
      runs.push(await play(project, 86_400 * SECOND, { ...options, maxRestarts: 3 }));
    }
    project.sandbox.close();
    expect(runs.map(({ stop }) => stop)).toEqual(['looping', 'looping', 'looping']);
    expect(new Set(runs.map(({ hash }) => hash)).size).toBe(1);
    const [first] = runs;
    expect(first?.trace.filter(({ type }) => type === 'job-restarted')).toHaveLength(3);
  });

  it('does not take crashes that were asked for as a loop', async () => {
    const project = await opened();
    const run = startRun(project, { maxRestarts: 2 });
    const { startAt } = project.config.settings;
    for (let crash = 1; crash <= 4; crash += 1) {
      await run.advanceTo(virtualTime(startAt + crash * 30 * SECOND));
      run.apply({ type: 'crash', at: virtualTime(startAt + crash * 30 * SECOND) });
    }
    expect(await run.advanceTo(virtualTime(startAt + 200 * SECOND))).toBe('until');
    run.close();
  });

  it('answers calls issued before a change of code by the code before, whatever was handed out', async () => {
    // So many records that calls are always in flight, more than are handed out.
    const busy = (mark: string) =>
      withFeed(greeterFiles(code(mark, 'nobody')), {
        key: 'guest-{{int 1 900}}',
        arrival: { type: 'rate', perSecond: 3000, jitter: 'poisson' },
      });
    const traces: string[] = [];
    for (const options of [{ batch: 8 }, { slice: 200 }]) {
      const project = await opened(busy('one'));
      const trace: TraceEvent[] = [];
      const run = startRun(project, { ...options, onTrace: (events) => void trace.push(...events) });
      const at = virtualTime(project.config.settings.startAt + 300);
      await run.advanceTo(at);
      expect(run.engine.metrics().callsInFlight).toBeGreaterThan(10);
      expect(await run.replaceCode(at, busy('two'))).toEqual({ ok: true, value: null });
      await run.advanceTo(virtualTime(at + 300));
      run.close();
      traces.push(trace.map(traceLine).join('\n'));
      const applied = trace.find(({ type }) => type === 'code-applied')?.seq ?? 0;
      const versions = new Map(trace.flatMap((event) => (event.type === 'call-completed' ? [[event.call, event.code] as const] : [])));
      const answeredBy = (isBefore: boolean) =>
        new Set(
          trace.flatMap((event) =>
            event.type === 'call-started' && event.seq < applied === isBefore && versions.has(event.call) ? [versions.get(event.call)] : [],
          ),
        );
      expect([answeredBy(true).size, answeredBy(false).size]).toEqual([1, 1]);
      expect([...answeredBy(true)]).not.toEqual([...answeredBy(false)]);
    }
    expect(new Set(traces).size).toBe(1);
  });

  it('keeps the last good code when the new one does not compile, and says where it is wrong', async () => {
    const project = await opened(greeterFiles(code('one', 'nobody')));
    const run = startRun(project);
    const at = virtualTime(project.config.settings.startAt);
    const replaced = await run.replaceCode(at, greeterFiles('export const = 1;'));
    expect(replaced).toMatchObject({ ok: false, error: [{ code: 'syntax-error', place: { path: GREET, line: 1 } }] });
    expect(await run.advanceTo(virtualTime(at + 60 * SECOND))).toBe('until');
    run.close();
  });

  it('ends where it is told to stop', async () => {
    const project = await opened();
    const stop = new AbortController();
    stop.abort();
    expect((await play(project, SECOND, { signal: stop.signal })).stop).toBe('interrupted');
    project.sandbox.close();
  });
});
