import type { Tree } from '@lezer/common';
import { parser } from '@lezer/javascript';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseText } from '../../src/analysis/incremental-parse.ts';
import { loadExample } from '../support/load-example.ts';

const FULL = parser.configure({ dialect: 'ts' });
const TEXTS = ['greeter', 'fraud-detection', 'shopping-cart'].flatMap((name) =>
  [...loadExample(name)].flatMap(([path, text]) => (typeof text === 'string' && path.endsWith('.ts') ? [text] : [])),
);

/** Long enough that most of it is taken over from the tree before. */
const LONG = TEXTS.join('\n');

function nodesOf(tree: Tree): readonly string[] {
  const nodes: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from}-${to}`) });
  return nodes;
}

const PIECES = [
  'x',
  ' ',
  '\n',
  '1',
  '(',
  ')',
  '{',
  '}',
  ';',
  "'",
  '`',
  '/*',
  '*/',
  '<',
  'const a = 1;\n',
  'if (b) { c(); }\n',
  'async () => 1',
  '=> ',
  '?.',
  ': T',
];
const edit = fc.record({ at: fc.nat(), remove: fc.integer({ min: 0, max: 40 }), insert: fc.constantFrom('', ...PIECES) });

test('over any edits, the tree is the one of a full parse', () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.constantFrom(...TEXTS, LONG), fc.array(edit, { minLength: 1, maxLength: 8 }), (start, edits) => {
      let before = { text: start, tree: FULL.parse(start) };
      for (const { at, remove, insert } of edits) {
        const place = at % (before.text.length + 1);
        const text = before.text.slice(0, place) + insert + before.text.slice(place + remove);
        const tree = parseText(text, before);
        expect(nodesOf(tree)).toEqual(nodesOf(FULL.parse(text)));
        taken += 1;
        before = { text, tree };
      }
    }),
    { numRuns: 60 },
  );
  expect(taken).toBeGreaterThan(60);
});

test('a statement in the middle of a long file shifts what is taken over', () => {
  const before = { text: LONG, tree: FULL.parse(LONG) };
  const place = LONG.indexOf('\nexport const ', LONG.length / 2) + 1;
  const text = `${LONG.slice(0, place)}const added = [1, 2];\n${LONG.slice(place)}`;
  expect(nodesOf(parseText(text, before))).toEqual(nodesOf(FULL.parse(text)));
});
