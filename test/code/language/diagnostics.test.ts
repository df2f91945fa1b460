import { expect, test } from 'vitest';
import { importedFrom, isOfImport, messageOf } from '../../../src/code/language/diagnostics.ts';

test.each([
  [`import { a } from './a.json';`, 2307, true],
  [`const x = 1;\nimport { a } from 'lodash';`, 7016, true],
  [`import type { a } from './gone';`, 2307, false],
  [`const a: number = 'x';`, 2322, false],
])('what TypeScript says of imports is told by the project’s own reading, but for types: %j', (text, code, expected) => {
  expect(isOfImport({ code, category: 1, start: Math.max(0, text.indexOf("'")), length: 5, messageText: '' }, text)).toBe(expected);
});

test('a name that a module does not seem to export is told with the module', () => {
  const text = `import { a } from './one';\nimport {\n  b,\n} from "./lib/two.min.js";`;
  const at = (code: number, start: number) => importedFrom({ code, category: 1, start, length: 1, messageText: '' }, text);
  expect([at(2305, text.indexOf('a }')), at(2614, text.indexOf('b,')), at(2322, 0)]).toEqual(['./one', './lib/two.min.js', null]);
});

test('a library that TypeScript takes for no module is told by the text that imports it', () => {
  const text = `import { slug } from './lib/slug.min.js';\nconst all = await import("./lib/dayjs.js");`;
  const at = (start: number) => importedFrom({ code: 2306, category: 1, start, length: 1, messageText: '' }, text);
  expect([at(text.indexOf("'./lib")), at(text.indexOf('"./lib'))]).toEqual(['./lib/slug.min.js', './lib/dayjs.js']);
});

test('files are named as the project names them', () => {
  const empty = "File 'file:///functions/empty.ts' is not a module.";
  const chain = { messageText: 'Not assignable.', next: [{ messageText: 'Type import("file:///functions/types").Order is not.' }] };
  expect([messageOf(empty), messageOf(chain)]).toEqual([
    "File 'functions/empty.ts' is not a module.",
    'Not assignable.\n  Type import("functions/types").Order is not.',
  ]);
});
