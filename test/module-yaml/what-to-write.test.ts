/** Messages that say what to write instead, where a new user is most likely to be wrong. */
import { describe, expect, it } from 'vitest';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import type { Problem } from '../../src/model/problem.ts';
import { beside, component, ENDPOINT, INGRESS } from '../support/module-text.ts';

function only(text: string): Problem | undefined {
  const { problems } = decodeModule(text);
  expect(problems).toHaveLength(1);
  return problems[0];
}

/** The file after the fix of its only problem; null without one. */
function mended(text: string): string | null {
  return (only(text)?.fix?.edits ?? []).reduce<string | null>(
    (_, edit) => (edit.type === 'text' ? text.slice(0, edit.from) + edit.insert + text.slice(edit.to) : null),
    null,
  );
}

describe('a URL with a variable of the environment', () => {
  it.each(['http://${FUNCTIONS_HOST}:8000/statefun', '${FUNCTIONS_URL}', '"${FUNCTIONS_URL}/{function.name}"'])('%s', (url) => {
    const problem = only([ENDPOINT.replace('http://functions:8000/statefun', url), INGRESS].join('---\n'));
    expect(problem).toMatchObject({
      code: 'bad-url',
      moment: 'call',
      message: expect.stringMatching(/3\.3\.0 replaces no variables.*\$\{FUNCTIONS_\w+\} stays.*write the address/),
    });
    expect(problem?.fix).toBeUndefined();
  });
});

describe('a list of brokers', () => {
  const text = (address: string) => beside(component('io.statefun.kafka.v1/egress', 'id: a/b', `address: ${address}`));

  it('becomes one text with commas', () => {
    expect(only(text('[a:9092, "b:9092"]'))?.message).toContain('write "a:9092,b:9092"');
    expect(mended(text('[a:9092, "b:9092"]'))).toBe(text('"a:9092,b:9092"'));
    expect(mended(text('\n  - a:9092\n  - b:9092'))).toBe(text('"a:9092,b:9092"'));
  });

  it.each(['[]', '[{a: b}]', '{a: b}', '["a:1,b:2 c"]', '\n  - a:1 # the first\n  - b:2'])('that is %s is not guessed', (address) => {
    expect(mended(text(address))).toBeNull();
  });
});

describe('exactly-once alone', () => {
  it('becomes the object with a time-out', () => {
    const text = (delivery: string) =>
      beside(component('io.statefun.kafka.v1/egress', 'id: a/b', 'address: k:1', `deliverySemantic: ${delivery}`));
    const meant = '{type: exactly-once, transactionTimeout: 15 min}';
    expect(only(text('exactly-once'))?.message).toContain(`write ${meant}`);
    expect(mended(text('exactly-once'))).toBe(text(meant));
    expect(decodeModule(text(meant)).problems).toEqual([]);
  });
});

describe('time-outs of okhttp', () => {
  const message = (timeouts: string) =>
    only(beside(component('io.statefun.endpoints.v1/http', 'functions: a/*', 'urlPathTemplate: http://h/', `timeouts: ${timeouts}`)))
      ?.message;

  it('that are longer than the call are told with their values', () => {
    expect(message('{call: 5 s, connect: 1 s, write: 1 s}')).toBe(
      'read (10 s by default) is longer than call (5 s), which okhttp does not take: write read: 5 s or less, or a longer call.',
    );
    expect(message('{call: 5 s, read: 7 s, write: 5 s}')).toBe(
      'connect (10 s by default) and read (7 s) are longer than call (5 s), which okhttp does not take: write connect: 5 s, read: 5 s or less, or a longer call.',
    );
  });
});

describe('a file of another shape', () => {
  it('that is a list of components is told how to take it apart', () => {
    const text = '- kind: io.statefun.endpoints.v2/http\n  spec: {functions: a/*, urlPathTemplate: http://h/}\n';
    expect(decodeModule(text).problems).toContainEqual(
      expect.objectContaining({ code: 'not-a-component', message: expect.stringMatching(/drop each “- ”.*--- on a line of its own/) }),
    );
  });

  it('of the old form with functions is told to call them endpoints', () => {
    const text = 'version: "3.0"\nmodule:\n  meta: {type: remote}\n  spec:\n    functions: []\n';
    expect(decodeModule(text).problems).toContainEqual(
      expect.objectContaining({ code: 'legacy-ignored', message: expect.stringContaining('write endpoints') }),
    );
  });
});
