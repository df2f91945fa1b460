import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { readStubFile } from '../../src/module-yaml/read-stub-file.ts';

const PATH = filePath('stubs/x.yaml');

/** `[text pointed at, beginning of the message]` of each problem. */
function problemsOf(text: string): unknown[] {
  return readStubFile(PATH, text).problems.map(({ range, message }) => [text.slice(range?.from, range?.to), message]);
}

describe('a file of stub rules', () => {
  test.each([
    ['a list', '- url: https://a/*\n  status: 404\n- url: https://b\n  method: POST\n  latencyMillis: { from: 1, to: 2 }\n'],
    [
      'a list under stubs',
      'stubs:\n  - url: https://a/*\n    status: 404\n  - { url: "https://b", method: POST, latencyMillis: { from: 1, to: 2 } }\n',
    ],
  ])('is %s', (_shape, text) => {
    expect(readStubFile(PATH, text)).toMatchObject({
      problems: [],
      rules: [
        { url: 'https://a/*', status: 404 },
        { url: 'https://b', method: 'POST', latencyMillis: { from: 1, to: 2 } },
      ],
    });
  });

  test.each(['', '# nothing yet\n'])('may hold no rule: %j', (text) => {
    expect(readStubFile(PATH, text)).toMatchObject({ problems: [], rules: [] });
  });

  test('keeps its good rules beside a bad one', () => {
    expect(readStubFile(PATH, '- status: 200\n- url: https://a\n').rules).toEqual([{ url: 'https://a' }]);
  });
});

test.each([
  ['- method: GET\n', 'method', '`url` is missing'],
  [
    '- url: x\n  statsu: 200\n',
    'statsu',
    '`statsu` is not known; a rule has method, url, status, headers, body, latencyMillis, fail, answers. Did you mean status?',
  ],
  ['- url: x\n  status: 99\n', '99', '`status` is a whole number'],
  ['- url: x\n  latencyMillis: { from: 5, to: 2 }\n', 'from', '`latencyMillis` is'],
  ['- url: x\n  fail: broken\n', 'broken', '`fail` is network, timeout'],
  ['- url: x\n  fail: { kind: never }\n', 'never', '`kind` of `fail`'],
  ['- url: x\n  fail: { kind: network, probability: 2 }\n', '2', '`probability` is a number from 0 to 1'],
  ['- url: x\n  fail: { kind: network, probability: 0.5, every: 2 }\n', 'every', '`every` and `probability` exclude'],
  ['- url: x\n  headers: { Retry-After: 5 }\n', 'Retry-After', '`headers` holds one text'],
  ['- url: x\n  answers:\n    - status: 200\n    - status: 1000\n', '1000', '`status` is a whole number'],
  ['- url: x\n  answers: []\n', '[]', '`answers` is a list'],
  ['- just text\n', 'just text', 'A rule has `url:`'],
  ['rules: 1\n', 'rules: 1', 'A stub file is a list of rules'],
])('%j is told at its place', (text, place, message) => {
  expect(problemsOf(text)).toEqual([[place, expect.stringContaining(message)]]);
});

test('text that is no YAML is told where it stops being that', () => {
  const text = '- url: x\n  body: "open\n';
  const [problem] = readStubFile(PATH, text).problems;
  expect([problem?.code, (problem?.range?.from ?? 0) > 8]).toEqual(['bad-stub', true]);
});
