import { beforeEach, describe, expect, test } from 'vitest';
import { filePath, projectId, typename, virtualTime } from '../../src/base/ids.ts';
import {
  activeLogpoints,
  noteLogpointProblems,
  recallLogpoints,
  rememberLogpoints,
  useLogpoints,
} from '../../src/state/logpoints-store.ts';
import { observedLines, trialLines } from '../../src/state/printed-lines.ts';
import type { TrialInput, TrialResult } from '../../src/worker/trial-contract.ts';

const path = filePath('functions/a.ts');
const project = projectId('p');

beforeEach(() => useLogpoints.setState({ logpoints: [], editing: null }));

const all = () => useLogpoints.getState().logpoints.map(({ line, expression, enabled, problem }) => [line, expression, enabled, problem]);

describe('logpoints', () => {
  test('stand in the order of their lines; an empty text removes one, a held one is not used', () => {
    const { commit, toggle } = useLogpoints.getState();
    commit({ path, line: 9, id: null }, ' count ');
    commit({ path, line: 3, id: null }, 'id');
    expect(all()).toEqual([
      [3, 'id', true, null],
      [9, 'count', true, null],
    ]);
    const [first, second] = useLogpoints.getState().logpoints;
    toggle(first?.id ?? 0);
    expect(activeLogpoints(useLogpoints.getState().logpoints)).toEqual([{ path, line: 9, expression: 'count' }]);
    commit({ path, line: 9, id: second?.id ?? null }, '');
    expect(all()).toEqual([[3, 'id', false, null]]);
  });

  test('come back with their project, also when what was kept is broken', () => {
    const kept = new Map<string, string>();
    const memory = {
      recall: (key: string) => kept.get(key) ?? null,
      remember: (key: string, value: string | null) => void (value === null ? kept.delete(key) : kept.set(key, value)),
    };
    useLogpoints.getState().commit({ path, line: 2, id: null }, 'x');
    useLogpoints.getState().toggle(useLogpoints.getState().logpoints[0]?.id ?? 0);
    rememberLogpoints(memory, project);
    recallLogpoints(memory, projectId('other'));
    expect(all()).toEqual([]);
    recallLogpoints(memory, project);
    expect(all()).toEqual([[2, 'x', false, null]]);
    for (const broken of ['{', '7', '[null, {"path": 1}, {"path": "a", "line": "2", "expression": "x"}]']) {
      kept.set('logpoints.p', broken);
      recallLogpoints(memory, project);
      expect(all()).toEqual([]);
    }
  });

  test('what is wrong with one is noted at it, and taken back when it is right', () => {
    const { commit, toggle } = useLogpoints.getState();
    commit({ path, line: 1, id: null }, 'held');
    commit({ path, line: 2, id: null }, 'wrong(');
    toggle(useLogpoints.getState().logpoints[0]?.id ?? 0);
    const before = useLogpoints.getState().logpoints;
    noteLogpointProblems(before, [{ logpoint: 0, column: 6, message: 'no end' }]);
    expect(all()).toEqual([
      [1, 'held', false, null],
      [2, 'wrong(', true, 'no end'],
    ]);
    noteLogpointProblems(useLogpoints.getState().logpoints, []);
    expect(all()[1]).toEqual([2, 'wrong(', true, null]);
    const same = useLogpoints.getState().logpoints;
    noteLogpointProblems(same, []);
    expect(useLogpoints.getState().logpoints).toBe(same);
  });
});

describe('printed lines', () => {
  const input: TrialInput = { typename: typename('a/f'), id: 'x', messages: [], states: [], at: virtualTime(7), seed: 1 };
  const place = { path, line: 4, column: 1 };
  const result: TrialResult = {
    outcome: { type: 'completed' },
    realMillis: 1,
    virtualMillis: 0,
    states: [{ name: 'n', before: null, after: null, change: 'deleted' }],
    sends: [],
    delayed: [],
    cancellations: [],
    egress: [],
    logs: [
      { level: 'warn', text: 'second', message: 0, place },
      { level: 'log', text: 'from a library', message: 0, place: null },
    ],
    fetches: [],
    marks: [
      { place, type: 'logpoint', text: 'first', message: 0 },
      { place, type: 'log', text: 'second', message: 0 },
    ],
    coverage: [],
    logpointProblems: [],
    request: '',
    reply: null,
    code: '',
  };

  test('of a trial are its logs and logpoints in the order of what happened, and what it did', () => {
    expect(trialLines(input, result).map(({ kind, line }) => [kind, line.level, line.text])).toEqual([
      ['log', 'log', 'from a library'],
      ['logpoint', 'log', 'first'],
      ['log', 'warn', 'second'],
      ['studio', 'log', '1 state write, 0 delayed messages, 0 sends'],
    ]);
  });

  test('of a recorded call are the logpoints alone, and a word when it answered otherwise', () => {
    expect(observedLines(input, { result, difference: null }, 12).map(({ kind, seq }) => [kind, seq])).toEqual([['logpoint', 12]]);
    expect(observedLines(input, { result, difference: 'the state n' }, 12).at(-1)?.line.text).toBe(
      'Answered otherwise than recorded: the state n',
    );
  });
});
