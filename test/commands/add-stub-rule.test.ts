import { describe, expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { planStubRule } from '../../src/commands/add-stub-rule.ts';
import { applyEdits } from '../../src/model/edit.ts';
import { projectOf, textFile } from '../../src/model/project.ts';
import { readStubFile } from '../../src/module-yaml/read-stub-file.ts';

const REQUEST = { method: 'POST', url: 'https://scores.test/v1/score?user=7', body: '{"amount":\n  12}' };
const RULE = '- method: POST\n  url: https://scores.test/v1/score?*\n  status: 200\n  body: {}\n';

/** The file with the new rule, and what stands around the cursor. */
function made(
  files: Readonly<Record<string, string>>,
  request = REQUEST,
): { readonly path: string; readonly text: string; readonly shown: string } {
  const project = projectOf(files);
  const { edits, path, range } = planStubRule(project, request);
  const text = textFile(applyEdits(project, edits), path) ?? '';
  expect(readStubFile(filePath(path), text).problems).toEqual([]);
  return { path, text, shown: `${text.slice(range.from - 7, range.from)}|${text.slice(range.to, range.to + 2)}` };
}

describe('a rule for a request that no stub answered', () => {
  test('makes a file of the service’s name', () => {
    const { path, text, shown } = made({});
    expect(path).toBe('stubs/scores.test.yaml');
    expect(text).toMatch(/^# Answers while simulating.*\n# Sent: \{"amount": 12\}\n- method: POST\n/);
    expect(text.endsWith(RULE)).toBe(true);
    expect(shown).toBe('body: {|}\n');
  });

  test.each([
    ['https://scores.test/users/Ada/score?at=1', 'Ada', 'https://scores.test/users/*/score?*'],
    ['https://scores.test/users/J%C3%BCrgen%20K', 'Jürgen K', 'https://scores.test/users/*'],
    ['https://scores.test/users/Adam', 'Ada', 'https://scores.test/users/Adam'],
    ['https://Ada/Ada', 'Ada', 'https://Ada/*'],
    ['https://scores.test//', '', 'https://scores.test//'],
  ])('of %s, asked by %s, is for every id: the next one would need a stub of its own', (url, id, expected) => {
    const project = projectOf({});
    const { edits, path } = planStubRule(project, { method: 'GET', url, id });
    const { rules } = readStubFile(filePath(path), textFile(applyEdits(project, edits), path) ?? '');
    expect(rules.map((rule) => rule.url)).toEqual([expected]);
  });

  test('goes behind the rules of the service, wherever they are, and changes nothing else', () => {
    const text = '# Scores.\n- url: https://scores.test/v2/*   # all of it\n  body:\n    a: 1 # one\n\n# The end.\n';
    const { path, text: after, shown } = made({ 'stubs/a.yaml': '- url: https://other.test/\n', 'stubs/scores.yaml': text });
    expect(path).toBe('stubs/scores.yaml');
    expect(after).toBe(
      `# Scores.\n- url: https://scores.test/v2/*   # all of it\n  body:\n    a: 1 # one\n# Sent: {"amount": 12}\n${RULE}\n# The end.\n`,
    );
    expect(shown).toBe('body: {|}\n');
  });

  test.each([
    ['without a line break at the end', '- url: https://scores.test/x', '- url: https://scores.test/x\n'],
    ['under stubs', 'stubs:\n  - url: https://scores.test/x\n', 'stubs:\n  - url: https://scores.test/x\n'],
    [
      'with a block of text',
      '- url: https://scores.test/x\n  body: |\n    hello\n',
      '- url: https://scores.test/x\n  body: |\n    hello\n',
    ],
    ['with comments only', '# later\n', '# later\n'],
  ])('fits a file %s', (_shape, before, start) => {
    const { text } = made({ 'stubs/scores.test.yaml': before }, { ...REQUEST, body: '' });
    const indent = before.startsWith('stubs:') ? '  ' : '';
    expect(text).toBe(start + RULE.replaceAll(/^(?=.)/gm, indent));
  });

  test.each(['[{ url: "https://scores.test/x" }]\n', '- url: "open\n', 'text\n'])(
    'leaves a file alone that it does not fit: %j',
    (before) => {
      expect(made({ 'stubs/scores.test.yaml': before }).path).toBe('stubs/scores.test-2.yaml');
    },
  );

  test('is shown, not made again, where there is one already', () => {
    const project = projectOf({ 'stubs/x.yaml': '- url: https://else.test\n- url: https://scores.test/*\n  status: 201\n' });
    const { edits, path, range } = planStubRule(project, REQUEST);
    expect([edits, path, (textFile(project, path) ?? '').slice(range.from, range.to)]).toEqual([
      [],
      'stubs/x.yaml',
      'url: https://scores.test/*\n  status: 201',
    ]);
  });

  test('quotes what YAML would read otherwise, and takes names of hosts with ports', () => {
    const { path, text } = made({}, { method: 'GET', url: 'http://localhost:8080/a#b: c', body: '' });
    expect(path).toBe('stubs/localhost-8080.yaml');
    expect(readStubFile(filePath(path), text).rules[0]?.url).toBe('http://localhost:8080/a#b: c');
  });
});
