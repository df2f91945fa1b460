import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nodeId } from '../../src/base/ids.ts';
import type { JsonValue } from '../../src/base/json.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { projectOf, STUDIO_JSON, textFile } from '../../src/model/project.ts';
import { DEFAULT_SETTINGS } from '../../src/model/simulation-settings.ts';
import { decodeStudioFile, setStudioValue, studioIndex } from '../../src/model/studio-file-codec.ts';

function set(text: string | null, path: readonly (string | number)[], value: JsonValue | undefined): string | null {
  const project = projectOf(text === null ? {} : { 'studio.json': text });
  return textFile(applyEdits(project, setStudioValue(text, path, value)), STUDIO_JSON);
}

const FILE = `{
  "version": 1,
  "mine": [1,2,   3],
  "positions": {
    "function:a/b": { "x": 1, "y": 2 },
    "ingress:a/in": {"x":3,"y":4}
  },
  "notes": []
}
`;

describe('studio.json', () => {
  test('a missing file is an empty studio with the default settings and no problem', () => {
    expect(decodeStudioFile(null)).toEqual({
      studio: { version: 1, positions: {}, notes: [], drafts: [], standIns: [], settings: DEFAULT_SETTINGS, feeds: [], remotes: [] },
      problems: [],
    });
  });

  test('a broken item is left out with a problem at its place, and its neighbours stay', () => {
    const text = '{"notes": [{"id": "n"}, {"id": "m", "title": "t", "text": "x", "x": 1, "y": 2, "width": 200}]}';
    const { studio, problems } = decodeStudioFile(text);
    expect(studio.notes).toEqual([{ id: 'm', title: 't', text: 'x', x: 1, y: 2, width: 200 }]);
    expect(problems.map(({ code, range }) => [code, range === undefined ? null : text.slice(range.from, range.to)])).toEqual([
      ['studio-bad-part', '{"id": "n"}'],
    ]);
  });

  test('a setting out of range takes its default and the others count', () => {
    const { studio, problems } = decodeStudioFile('{"settings": {"parallelism": 0, "seed": "x"}}');
    expect(studio.settings).toEqual({ ...DEFAULT_SETTINGS, seed: 'x' });
    expect(problems).toHaveLength(1);
  });

  test('text that is no JSON is reported with its place and edited by nothing', () => {
    const { studio, problems } = decodeStudioFile('{"positions": {,}}');
    expect(studio.positions).toEqual({});
    expect(problems).toEqual([
      {
        code: 'studio-unreadable',
        severity: 'warning',
        message: 'studio.json cannot be read: a value is expected here.',
        path: STUDIO_JSON,
        range: { from: 15, to: 16 },
      },
    ]);
    expect(setStudioValue('{"positions": {,}}', ['version'], 1)).toEqual([]);
  });

  test('the first value creates the file, a line a position', () => {
    expect(set(null, ['positions', 'function:a/b'], { x: 1, y: 2 })).toBe(
      '{\n  "version": 1,\n  "positions": {\n    "function:a/b": { "x": 1, "y": 2 }\n  }\n}\n',
    );
  });

  test('a moved item changes its own line only', () => {
    expect(setStudioValue(FILE, ['positions', 'function:a/b'], { x: 10, y: 20 })).toEqual([
      {
        type: 'text',
        path: STUDIO_JSON,
        from: FILE.indexOf('{ "x": 1'),
        to: FILE.indexOf('{ "x": 1') + 18,
        insert: '{ "x": 10, "y": 20 }',
      },
    ]);
  });

  test('a new position goes on a line of its own behind the others', () => {
    expect(set(FILE, ['positions', 'egress:a/out'], { x: 5, y: 6 })).toBe(
      FILE.replace('{"x":3,"y":4}', '{"x":3,"y":4},\n    "egress:a/out": { "x": 5, "y": 6 }'),
    );
  });

  test('removing the first and the last member takes their commas along', () => {
    expect(set(FILE, ['version'], undefined)).toBe(FILE.replace('"version": 1,\n  ', ''));
    expect(set(FILE, ['notes'], undefined)).toBe(FILE.replace(',\n  "notes": []', ''));
  });

  test('nothing is edited when nothing changes', () => {
    expect(setStudioValue(FILE, ['version'], 1)).toEqual([]);
    expect(setStudioValue(FILE, ['positions', 'note:x'], undefined)).toEqual([]);
    expect(setStudioValue(null, ['positions'], undefined)).toEqual([]);
  });

  test('an item is found by what it holds', () => {
    const text = '{"drafts": [1, {"id": "a"}, {"id": "b"}]}';
    expect(studioIndex(text, 'drafts', (item) => item['id'] === 'b')).toBe(2);
    expect(studioIndex(text, 'drafts', (item) => item['id'] === 'c')).toBe(-1);
  });

  test('any value set at any path is read back there, and everything else stays what it was', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'positions', '"', '__proto__x');
    const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
    const object = fc.dictionary(key, json);
    fc.assert(
      fc.property(
        object,
        fc.array(key, { minLength: 1, maxLength: 3 }),
        json,
        fc.constantFrom(0, 2, '\t'),
        (before, path, value, space) => {
          const text = JSON.stringify(before, null, space);
          const after = JSON.parse(set(text, path, value) ?? '') as unknown;
          expect(after).toEqual(JSON.parse(JSON.stringify(withValue(before, path, value))));
        },
      ),
    );
  });

  test('positions are read under their node ids', () => {
    expect(decodeStudioFile(FILE).studio.positions).toEqual({
      [nodeId('function:a/b')]: { x: 1, y: 2 },
      [nodeId('ingress:a/in')]: { x: 3, y: 4 },
    });
  });
});

/** Straightforward: copies the value, and makes objects on the way where there are none. */
function withValue(before: unknown, [key, ...rest]: readonly string[], value: JsonValue): unknown {
  if (key === undefined) {
    return value;
  }
  const object = typeof before === 'object' && before !== null && !Array.isArray(before) ? (before as Record<string, unknown>) : {};
  return { ...object, [key]: withValue(object[key], rest, value) };
}
