import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { TypingBursts, editsOfChanges, stepOf } from '../../src/code/typed-edits.ts';
import type { Edit } from '../../src/model/edit.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { projectOf, textFile } from '../../src/model/project.ts';

const path = filePath('a.ts');

test('changes from the end of the text to its beginning are edits that give the same text, whatever they are', () => {
  const spans = fc.array(fc.tuple(fc.nat(30), fc.nat(4), fc.string({ maxLength: 3 })), { maxLength: 4 });
  fc.assert(
    fc.property(fc.string({ minLength: 40, maxLength: 60 }), spans, fc.boolean(), (body, drawn, mark) => {
      const before = (mark ? '\uFEFF' : '') + body;
      // Apart from each other and from the end on, as an editor gives them.
      const changes = drawn
        .toSorted((a, b) => b[0] - a[0])
        .filter(([from, length], index, all) => index === 0 || from + length < (all[index - 1]?.[0] ?? 0))
        .map(([rangeOffset, rangeLength, text]) => ({ rangeOffset, rangeLength, text }));
      // Told apart from what is tested: the text is put together from its pieces, left to right.
      let expected = '';
      let at = 0;
      for (const { rangeOffset, rangeLength, text } of changes.toReversed()) {
        expected += body.slice(at, rangeOffset) + text;
        at = rangeOffset + rangeLength;
      }
      expected = (mark ? '\uFEFF' : '') + expected + body.slice(at);
      const edits = editsOfChanges(path, changes, { before: before.length, after: expected.length, shift: mark ? 1 : 0 });
      expect(textFile(applyEdits(projectOf({ 'a.ts': before }), edits ?? []), path)).toBe(expected);
    }),
  );
});

test('texts that were not in step give no edits', () => {
  expect(editsOfChanges(path, [{ rangeOffset: 0, rangeLength: 0, text: 'x' }], { before: 3, after: 5, shift: 0 })).toBeNull();
});

describe('a step of undo', () => {
  const insert = (from: number, text: string): readonly Edit[] => [{ type: 'text', path, from, to: from, insert: text }];

  test('is what was typed at one place without a pause', () => {
    const bursts = new TypingBursts();
    const first = bursts.keyOf(path, insert(5, 'a'), 0);
    expect(bursts.keyOf(path, insert(6, 'b'), 100)).toBe(first);
    expect(bursts.keyOf(path, insert(20, 'c'), 200)).not.toBe(first);
  });

  test('ends with a pause, and with another file', () => {
    const bursts = new TypingBursts();
    const first = bursts.keyOf(path, insert(5, 'a'), 0);
    const second = bursts.keyOf(path, insert(6, 'b'), TypingBursts.PAUSE_MS);
    expect(second).not.toBe(first);
    expect(bursts.keyOf(filePath('b.ts'), insert(7, 'c'), TypingBursts.PAUSE_MS + 1)).not.toBe(second);
  });

  test('has the name of what the editor did', () => {
    expect(stepOf('type')).toEqual({ label: 'Type', typing: true, completes: false });
    expect(stepOf('formatEditsCommand')).toEqual({ label: 'Format', typing: false, completes: false });
    expect(stepOf('paste')).toEqual({ label: 'Paste', typing: false, completes: false });
    expect(stepOf('whatever else')).toEqual({ label: 'Edit', typing: false, completes: false });
  });

  test.each(['suggest', 'suggestController.additionalTextEdits.sync', 'suggestController.additionalTextEdits.async'])(
    'and a completion is one with the import that it brings (%s)',
    (reason) => expect(stepOf(reason)).toEqual({ label: 'Complete', typing: false, completes: true }),
  );

  test('what only begins like a completion is none', () => {
    expect(stepOf('suggestion')).toEqual({ label: 'Edit', typing: false, completes: false });
  });
});
