import { describe, expect, test } from 'vitest';
import { filePath, typename, virtualTime } from '../../src/base/ids.ts';
import { deriveContext } from '../../src/commands/derive.ts';
import { callerChoices, likelyCaller, typeChoices } from '../../src/panels/bench/bench-choices.ts';
import type { BenchRun } from '../../src/panels/bench/bench-session.ts';
import { compareRuns } from '../../src/panels/bench/compare-runs.ts';
import { runWords } from '../../src/panels/bench/run-words.ts';
import type { TrialResult } from '../../src/worker/trial-contract.ts';
import { loadExample } from '../support/load-example.ts';
import { resultWithout } from '../../src/worker/trial/trial-result.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const type = typename('fraud/fraud-count');
const value = (text: string) => ({ typename: 'io.statefun.types/int', text, bytes: new Uint8Array() });

const EMPTY = resultWithout('', { type: 'completed' });

function run(message: string, result: Partial<TrialResult>, caller: { id: string } | null = null): BenchRun {
  const input = {
    typename: type,
    id: 'x',
    messages: [
      {
        caller: caller === null ? null : { typename: typename('a/g'), id: caller.id },
        value: { typename: 'a/m', hasValue: true, bytes: utf8(message) },
      },
    ],
    states: [],
    at: virtualTime(0),
    seed: 1,
  };
  return {
    id: 1,
    draft: { typename: type, id: 'x', messages: [], states: [], at: 0, seed: 1, seq: null, statesOf: null },
    input,
    result: { ...EMPTY, ...result },
    files: new Map(),
  };
}

describe('a trial in words', () => {
  test('says what changed and what was sent', () => {
    expect(
      runWords(
        run('1', {
          states: [{ name: 'count', before: value('2'), after: value('1'), change: 'written' }],
          sends: [{ to: { typename: type, id: 'y' }, value: value('1') }],
        }),
      ),
    ).toBe('count 2 to 1, 1 send');
    expect(runWords(run('1', { states: [{ name: 'count', before: value('2'), after: value('2'), change: 'none' }] }))).toBe('count 2');
    expect(runWords(run('1', { states: [{ name: 'count', before: null, after: value('1'), change: 'written' }] }))).toBe(
      'count absent to 1',
    );
    expect(runWords(run('1', {}))).toBe('no effects');
  });

  test('an error over null in a call from an ingress says where it came from', () => {
    const threw = (message: string): Partial<TrialResult> => ({
      outcome: {
        type: 'threw',
        error: { name: 'TypeError', message, stack: [{ path: filePath('a.ts'), line: 1, column: 1 }], messageIndex: 0 },
      },
    });
    expect(runWords(run('1', threw('Cannot read properties of null')))).toBe('from an ingress: Cannot read properties of null');
    expect(runWords(run('1', threw('Cannot read properties of null'), { id: 'y' }))).toBe('Cannot read properties of null');
    expect(runWords(run('1', threw('no money')))).toBe('no money');
  });
});

describe('two trials side by side', () => {
  test('the same call with the same result has no difference', () => {
    const comparison = compareRuns(run('{"a":1}', {}), run('{"a":1}', {}), 0);
    expect(comparison.first).toBeNull();
    expect(comparison.lines.every(({ sign }) => sign === ' ')).toBe(true);
  });

  test('the first difference is named with what it belongs to', () => {
    const state = (text: string): Partial<TrialResult> => ({
      states: [{ name: 'count', before: null, after: value(text), change: 'written' }],
    });
    expect(compareRuns(run('1', state('2')), run('1', state('3')), 0).first).toBe('State after, count: 2 became 3');
    expect(compareRuns(run('{"a":1,"b":2}', state('2')), run('{"a":1,"b":3}', state('3')), 0).first).toBe(
      'Message from an ingress, a/m: "b": 2 became "b": 3',
    );
    expect(compareRuns(run('1', {}), run('1', { logs: [{ level: 'log', text: 'hi', message: 0, place: null }] }), 0).first).toBe(
      'only in the second, Log, log: hi',
    );
    expect(compareRuns(run('1', { logs: [{ level: 'log', text: 'hi', message: 0, place: null }] }), run('1', {}), 0).first).toBe(
      'only in the first, Log, log: hi',
    );
    const other = run('1', {});
    expect(compareRuns(other, { ...other, input: { ...other.input, id: 'y' } }, 0).first).toBe(
      'Call: fraud/fraud-count x at Day 1 00:00:00.000, seed 1 became Call: fraud/fraud-count y at Day 1 00:00:00.000, seed 1',
    );
  });
});

describe('what may be sent to a function', () => {
  const { graph, facts } = deriveContext({ files: loadExample('fraud-detection') }, null);

  test('types that it handles come first, built-in ones last, each once', () => {
    const choices = typeChoices(type, graph, facts, ['my/own']);
    expect(choices.slice(0, 4).map(({ name, source }) => [name, source])).toEqual([
      ['ConfirmFraud', 'accepted'],
      ['ExpireFraud', 'accepted'],
      ['QueryFraud', 'accepted'],
      ['own', 'draft'],
    ]);
    expect(choices.at(-1)?.source).toBe('built-in');
    expect(new Set(choices.map((choice) => choice.typename)).size).toBe(choices.length);
  });

  test('callers are ingresses that route to it, functions that send to it, then the others', () => {
    expect(callerChoices(type, graph, facts).map(({ id }) => id)).toEqual([
      'ingress:fraud/confirmations',
      'function:fraud/fraud-count',
      'function:fraud/transaction-manager',
      'function:fraud/merchant-scorer',
      'function:fraud/model',
    ]);
  });

  test('who sends a type is known from routes and code', () => {
    expect(likelyCaller(type, 'fraud.types/confirm-fraud', graph, facts)).toEqual({ type: 'ingress', ingress: 'fraud/confirmations' });
    expect(likelyCaller(type, 'fraud.types/query-fraud', graph, facts)).toMatchObject({
      type: 'function',
      typename: 'fraud/transaction-manager',
    });
  });
});
