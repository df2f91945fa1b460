import { expect, test } from 'vitest';
import { filePath } from '../../src/base/ids.ts';
import { functionAt } from '../../src/state/shown-function.ts';
import { analyse } from '../support/code-facts.ts';

const SERVER = `import { StateFun } from 'apache-flink-statefun';
import { count } from './count.ts';
const statefun = new StateFun();
async function gauge(context, message) {
  context.send; // in gauge
}
const TYPE = 'a/gauge'; // nowhere
statefun.bind({ typename: TYPE, fn: gauge }); // the bind
statefun.bind({ typename: 'a/count', fn: count });
statefun.bind({ typename: 'a/own', fn(context, message) { context.self; } });`;
const COUNT = `export function count(context, message) {
  context.caller;
}
export const other = 1;`;

const FILES = { 'functions/server.ts': SERVER, 'functions/count.ts': COUNT };
const facts = analyse(FILES);

test.each([
  ['functions/server.ts', 'context.send', 'a/gauge'],
  ['functions/server.ts', 'typename: TYPE', 'a/gauge'],
  ['functions/server.ts', 'const TYPE', null],
  ['functions/server.ts', "typename: 'a/count'", 'a/count'],
  ['functions/server.ts', 'context.self', 'a/own'],
  ['functions/count.ts', 'context.caller', 'a/count'],
  ['functions/count.ts', 'other', null],
] as const)('in %s the cursor at “%s” is in %s, wherever its code stands', (path, text, expected) => {
  expect(functionAt(facts, filePath(path), FILES[path].indexOf(text))).toBe(expected);
});
