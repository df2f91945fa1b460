import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { applyEdits, type Edit } from '../../src/model/edit.ts';
import { EMPTY_HISTORY, record, redo, undo, type HistoryState } from '../../src/model/history.ts';
import { projectOf, type Project } from '../../src/model/project.ts';

const FILE = filePath('a.txt');
const insert = (at: number, text: string): Edit => ({ type: 'text', path: FILE, from: at, to: at, insert: text });

function play(project: Project, history: HistoryState, label: string, edits: readonly Edit[], merge?: string): [Project, HistoryState] {
  return [applyEdits(project, edits), record(history, project, label, edits, merge === undefined ? {} : { merge })];
}

test('typing in a row is one step with one edit (H2)', () => {
  let project = projectOf({ 'a.txt': 'xy' });
  let history = EMPTY_HISTORY;
  for (const [at, letter] of ['a', 'b', 'c'].entries()) {
    [project, history] = play(project, history, 'Typing', [insert(1 + at, letter)], 'type a.txt');
  }
  expect(history.past).toEqual([
    {
      label: 'Typing',
      merge: 'type a.txt',
      edits: [insert(1, 'abc')],
      inverse: [{ type: 'text', path: FILE, from: 1, to: 4, insert: '' }],
    },
  ]);
});

test('an undo closes the step, so that typing on begins a new one (H2)', () => {
  let project = projectOf({ 'a.txt': '' });
  let history = EMPTY_HISTORY;
  [project, history] = play(project, history, 'Typing', [insert(0, 'a')], 'k');
  const back = undo(history);
  const forth = redo(back?.state ?? EMPTY_HISTORY);
  [, history] = play(project, forth?.state ?? EMPTY_HISTORY, 'Typing', [insert(1, 'b')], 'k');
  expect(history.past.map((step) => step.edits)).toEqual([[insert(0, 'a')], [insert(1, 'b')]]);
});

test('a new step forgets what could be redone', () => {
  let project = projectOf({ 'a.txt': '' });
  let history = EMPTY_HISTORY;
  [project, history] = play(project, history, 'One', [insert(0, 'a')]);
  const back = undo(history);
  [, history] = play(applyEdits(project, back?.edits ?? []), back?.state ?? EMPTY_HISTORY, 'Two', [insert(0, 'b')]);
  expect(redo(history)).toBeNull();
});

test('nothing is recorded for no edits, and the oldest steps go beyond the limit (H3)', () => {
  const project = projectOf({ 'a.txt': '' });
  expect(record(EMPTY_HISTORY, project, 'Nothing', [])).toBe(EMPTY_HISTORY);
  let history = EMPTY_HISTORY;
  for (const label of ['1', '2', '3']) {
    history = record(history, project, label, [insert(0, label)], { limit: 2 });
  }
  expect(history.past.map((step) => step.label)).toEqual(['2', '3']);
});

test('undoing every step gives back the first bytes, and redoing them the last (H1)', () => {
  const step = fc.record({
    at: fc.nat(),
    length: fc.nat(3),
    text: fc.string({ maxLength: 4 }),
    merge: fc.constantFrom('k', 'l', undefined),
  });
  fc.assert(
    fc.property(fc.string(), fc.array(step, { maxLength: 20 }), (start, steps) => {
      const first = projectOf({ 'a.txt': start });
      let project = first;
      let history = EMPTY_HISTORY;
      for (const { at, length, text, merge } of steps) {
        const size = (project.files.get(FILE) as string).length;
        const from = at % (size + 1);
        const edit: Edit = { type: 'text', path: FILE, from, to: Math.min(size, from + length), insert: text };
        [project, history] = play(project, history, 'Edit', [edit], merge);
      }
      const last = project;
      for (let move = undo(history); move !== null; move = undo(history)) {
        project = applyEdits(project, move.edits);
        history = move.state;
      }
      expect(project).toEqual(first);
      for (let move = redo(history); move !== null; move = redo(history)) {
        project = applyEdits(project, move.edits);
        history = move.state;
      }
      expect(project).toEqual(last);
    }),
  );
});
