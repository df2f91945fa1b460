import { describe, expect, test } from 'vitest';
import { scenarioProblems } from '../../src/app/scenarios/scenario-problems.ts';
import { deriveContext } from '../../src/commands/derive.ts';
import { EXAMPLES } from '../../src/examples/registry.ts';
import { filePath } from '../../src/base/ids.ts';
import type { Project } from '../../src/model/project.ts';
import { mergeProblems } from '../../src/state/all-problems.ts';
import { loadExample } from '../support/load-example.ts';

const PATH = filePath('scenarios/mine.yaml');

/** The greeter with a scenario of this text. */
function greeter(text: string, more: readonly (readonly [string, string])[] = []): Project {
  const files = [...loadExample('greeter'), ...more.map(([path, content]) => [filePath(path), content] as const)];
  return { files: new Map([...files, [PATH, text]]) };
}

function problemsIn(project: Project): readonly string[] {
  return scenarioProblems(deriveContext(project, null)).map(({ code, severity, path, range }) => {
    const text = String(project.files.get(path ?? PATH)).slice(range?.from);
    return `${severity} ${code} ${path} “${text.split('\n')[0]}”`;
  });
}

describe('the scenarios of a project', () => {
  test.each(EXAMPLES.map(({ id }) => id))('of the example %s have no problem', (id) => {
    expect(problemsIn({ files: loadExample(id) })).toEqual([]);
  });

  test('are told where they cannot be read', () => {
    expect(problemsIn(greeter('steps: [\n'))).toEqual(['error scenario-syntax scenarios/mine.yaml “”']);
    expect(problemsIn(greeter('steps:\n  - wait: 1 s\nexpects: 1\n'))).toEqual([
      'error scenario-unknown-key scenarios/mine.yaml “expects: 1”',
    ]);
  });

  test('are told where they name what the project has not', () => {
    const text = `steps:
  - send: { topic: visit, key: Ada, json: {} }
expect:
  - { function: greeter/greet, id: Ada, state: visit, json: 1 }
`;
    expect(problemsIn(greeter(text))).toEqual([
      'error scenario-unknown-topic scenarios/mine.yaml “{ topic: visit, key: Ada, json: {} }”',
      'error scenario-unknown-state scenarios/mine.yaml “{ function: greeter/greet, id: Ada, state: visit, json: 1 }”',
    ]);
  });

  test('are not held against functions that could not be read', () => {
    const text = 'steps:\n  - wait: 1 s\nexpect:\n  - { function: greeter/other, id: Ada, state: x, json: 1 }\n';
    const hidden = [['functions/other.ts', 'export const F = { typename: name(), fn(context, message) {} };']] as const;
    expect(problemsIn(greeter(text)).map((line) => line.split(' ')[1])).toEqual(['scenario-unknown-function']);
    expect(problemsIn(greeter(text, hidden))).toEqual([]);
  });

  test('are not held against a module.yaml that does not parse', () => {
    const { files } = greeter('steps:\n  - send: { topic: nowhere, key: Ada, json: {} }\n');
    expect(problemsIn({ files })).not.toEqual([]);
    expect(problemsIn({ files: new Map([...files, [filePath('module.yaml'), 'kind: [']]) })).toEqual([]);
  });
});

test('they stand in one list with what else is wrong', () => {
  const own = scenarioProblems(deriveContext(greeter('steps: [\n'), null));
  expect(mergeProblems(own, [])).toEqual(own);
});
