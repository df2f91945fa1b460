/** A scenario file's text to a scenario, or everything that is wrong with it. The text is YAML 1.2, one document. */
import { LineCounter, parseAllDocuments } from 'yaml';
import type { FilePath } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { TextRange } from '../model/problem.ts';
import { formatDuration } from '../module-yaml/duration.ts';
import { scenarioProblem } from './problem-codes.ts';
import type { ScenarioProblem } from './problem-codes.ts';
import type { Scenario, SentRecord, SourcePlace, Step } from './scenario.ts';
import { scenarioFile } from './shape/scenario-file.ts';
import { BAD, Reading } from './shape/shape.ts';

export function parseScenario(text: string, path: FilePath): Result<Scenario, readonly ScenarioProblem[]> {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    version: '1.2',
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    stringKeys: false,
  });
  const list = 'empty' in documents ? [] : documents;
  const [document, second] = list;
  const faults = list.flatMap(({ errors, warnings }) => [...errors, ...warnings]);
  if (faults.length > 0) {
    return err(faults.map(({ message, pos }) => syntaxProblem(path, text, message, { from: pos[0], to: Math.max(pos[1], pos[0]) })));
  }
  if (document === undefined || document.contents === null) {
    return err([syntaxProblem(path, text, 'the file is empty, and needs the key “steps” at least', { from: 0, to: 0 })]);
  }
  if (second !== undefined) {
    const range = { from: second.range[0], to: second.range[0] };
    return err([syntaxProblem(path, text, 'a second document begins here, and a file holds one scenario', range)]);
  }
  const placeOf = (offset: number): SourcePlace => {
    const { line, col } = lines.linePos(offset);
    return { offset, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const reading = new Reading(document, path, placeOf, text.length);
  const root = reading.value(document.contents, { from: 0, to: 0 });
  const scenario = scenarioFile(path).read(root, 'the file', reading);
  if (scenario === BAD || reading.problems.length > 0) {
    return err(reading.problems.toSorted((left, right) => (left.range?.from ?? 0) - (right.range?.from ?? 0)));
  }
  const late = timeProblems(scenario);
  return late.length > 0 ? err(late) : ok({ ...scenario, steps: withStreams(scenario.steps) });
}

function syntaxProblem(path: FilePath, text: string, message: string, range: TextRange): ScenarioProblem {
  const line = (message.split('\n')[0] ?? message).trim().replace(/[.:]$/, '');
  const inside = { from: Math.min(range.from, text.length), to: Math.min(range.to, text.length) };
  return scenarioProblem('scenario-syntax', `This cannot be read: ${line}.`, path, inside);
}

/** Repeated records get a stream of chance each: that of their topic, counted through the file. */
function withStreams(steps: readonly Step[]): readonly Step[] {
  let count = 0;
  return steps.map((step) => {
    if (step.type !== 'send') {
      return step;
    }
    const records = step.records.map((record): SentRecord => {
      count += record.repeat === null ? 0 : 1;
      return record.repeat === null ? record : { ...record, repeat: { ...record.repeat, stream: `${record.topic} ${count}` } };
    });
    return { ...step, records };
  });
}

/** Steps that are to be played at a time which is over for sure when their turn comes. */
function timeProblems({ steps, path }: Scenario): readonly ScenarioProblem[] {
  const problems: ScenarioProblem[] = [];
  let clock = 0;
  const reach = (at: number, { place }: Step): void => {
    if (at < clock) {
      const message = `This step is for ${formatDuration(at)} after the start, and the steps before it take until ${formatDuration(clock)} at least.`;
      problems.push(scenarioProblem('scenario-time-order', message, path, { from: place.offset, to: place.offset + 1 }));
    }
    clock = Math.max(clock, at);
  };
  for (const step of steps) {
    if (step.at !== null) {
      reach(step.at, step);
    }
    if (step.type === 'wait' && step.wait.type === 'until') {
      reach(step.wait.at, step);
    } else if (step.type === 'wait' && step.wait.type === 'for') {
      clock += step.wait.millis;
    }
  }
  return problems;
}
