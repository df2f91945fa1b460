/**
 * Columns behind templates with empty pieces, which make sucrase's own source map lose them. Expected is where a text stands in the
 * source, found by searching for it.
 */
import fc from 'fast-check';
import { transform } from 'sucrase';
import { describe, expect, test } from 'vitest';
import type { CallReply } from '../../src/protocol/call.ts';
import { decodeColumns, encodeColumns, sourceColumn } from '../../src/sandbox/compile/column-map.ts';
import { transformSource } from '../../src/sandbox/compile/transform-source.ts';
import { loadExample } from '../support/load-example.ts';
import { markLines, observing } from '../support/observing-driver.ts';
import { callOf } from '../support/sandbox-calls.ts';
import type { Sources } from '../support/sandbox-calls.ts';
import { startSandbox } from '../support/sandbox-driver.ts';

/** What sucrase makes of the text as it is. */
function plainCode(path: string, text: string): string {
  return transform(text, {
    transforms: path.endsWith('ts') ? ['typescript', 'imports'] : ['imports'],
    disableESTransforms: true,
    filePath: path,
  }).code;
}

function lineAndColumn(text: string, offset: number): readonly [line: number, column: number] {
  const before = text.slice(0, offset);
  return [before.split('\n').length, offset - before.lastIndexOf('\n')];
}

const MARK = /mark\d+_/g;

/** Where the map says that each marker of the compiled text stands in the source, and where it does. */
function markers(path: string, source: string): { readonly mapped: unknown; readonly written: unknown } {
  const { code, mappings } = transformSource(path, source);
  const mapped = Array.from(code.matchAll(MARK), ({ 0: name, index }) => {
    const [line, column] = lineAndColumn(code, index);
    return [name, line, sourceColumn(mappings, line, column)];
  });
  return { mapped, written: Array.from(source.matchAll(MARK), ({ 0: name, index }) => [name, ...lineAndColumn(source, index)]) };
}

/** Pieces of a template, empty as often as not; a string, a comment and an expression that only look like templates. */
const texts = fc.constantFrom('', '', '', 'a', ' ', '}', '\\`', '\\${', '$', '\\u{61}', '\n', '\u2005', '\u3000', '{', '//', '"');
const lookalikes = [
  '"`${}`"',
  "'``'",
  '/`${2}`/',
  '/[}`]`/g',
  'mark_ /* `${ }` `` */',
  '({}`a`)',
  'mark_`a``b`',
  '(() => {})``',
  'f`${mark_}```',
  '(mark_ as `${string}${number}`)',
  '(mark_ satisfies `` | `${"a"}`)',
  'f<`${string}`>(mark_)',
];

const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constant('mark_'),
    fc.constantFrom(...lookalikes),
    fc
      .tuple(fc.constantFrom('', 'f', 'String.raw'), texts, fc.array(fc.tuple(tie('expression'), texts), { maxLength: 3 }))
      .map(([tag, first, rest]) => `${tag}\`${first}${rest.map(([inner, text]) => `\${${inner}}${text}`).join('')}\``),
    tie('expression').map((inner) => `(() => { return ${inner} })()`),
    tie('expression')
      .map((inner) => `{ a: ${inner} }`)
      .map((text) => `(${text})`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `[${a}, ${b}]`),
    fc.tuple(tie('expression'), tie('expression')).map(([a, b]) => `(${a} as string) / ${b}`),
  ),
}));

const statement = fc.oneof(
  expression.map((value) => `const v: string = ${value};`),
  expression.map((value) => `if (mark_) {}${value.startsWith('`') ? value : `(${value})`};`),
  expression.map((value) => `class C { private x: \`\${string}\` = ${value}; constructor(readonly y = ${value}) { mark_; } }`),
  expression.map((value) => `enum E { A = ${value} }`),
  fc.constantFrom(
    'type T = `${string}${number}`; mark_;',
    "import { x } from './}`'; x();",
    'mark_; /* }` and `` */',
    '// }` and ``\n',
    '{}`${mark_}`;',
  ),
);

const programs = fc.array(fc.tuple(statement, fc.constantFrom(' ', '\n', '\r\n')), { minLength: 1, maxLength: 6 }).map((parts) => {
  let count = 0;
  return parts
    .map(([text, end]) => `${text} mark_;${end}`)
    .join('')
    .replaceAll('mark_', () => `mark${(count += 1)}_`);
});

describe('a transformed text', () => {
  test('is what it is without the care for columns, byte by byte', () => {
    fc.assert(
      fc.property(programs, (source) => {
        expect(transformSource('f.ts', source).code).toBe(plainCode('f.ts', source));
      }),
      { numRuns: 500 },
    );
  });

  test('has each name at its column', () => {
    fc.assert(
      fc.property(programs, (source) => {
        const { mapped, written } = markers('f.ts', source);
        expect(mapped).toEqual(expect.arrayContaining(written as unknown[]));
      }),
      { numRuns: 500 },
    );
  });

  test('of any pieces in any order is what it is otherwise, or is refused with the same words', () => {
    const soup = fc.array(fc.constantFrom('`', '${', '}', '{', '$', 'x', ' ', '\n', '(', ')', '/', '\\', "'", '"', '/*', '*/', '//', ';'));
    const outcome = (make: () => string): string => {
      try {
        return make();
      } catch (error) {
        return String(error);
      }
    };
    fc.assert(
      fc.property(soup, (pieces) => {
        const source = pieces.join('');
        expect(outcome(() => transformSource('f.ts', source).code)).toBe(outcome(() => plainCode('f.ts', source)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['greeter', 'shopping-cart', 'fraud-detection'])('of %s is the same', (id) => {
    const sources = [...loadExample(id)].filter(([path]) => path.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(0);
    for (const [path, text] of sources) {
      expect(transformSource(path, text).code).toBe(plainCode(path, text));
    }
  });

  test('that holds every rare space is made all the same', () => {
    const spaces = '\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u205f\u1680\u202f\u3000';
    const source = `const a = '${spaces}', b = \`\`;`;
    expect(transformSource('f.ts', source).code).toBe(plainCode('f.ts', source));
  });

  test('keeps its columns through the table and back', () => {
    const columns = fc.array(fc.record({ generated: fc.nat(3000), source: fc.nat(100_000) }), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(columns, { minLength: 1 }), (lines) => {
        expect(decodeColumns(encodeColumns(lines))).toEqual(lines);
      }),
    );
  });
});

const THROW = "new Error('here')";
test.each(['boom();', '`${boom()}`;', 'x; boom();', '/* a */ boom();', '  boom();', ''])(
  'what a file begins with has its column: %j',
  (start) => {
    const source = start.replace('boom', 'mark1_');
    const { mapped, written } = markers('f.ts', `${source}\nmark2_;`);
    expect(mapped).toEqual(written);
  },
);

/** Bodies of functions; each throws behind a template with an empty piece. */
const bodies: readonly string[] = [
  '`${1}`; throw FAIL;',
  'const a = `x${1}${2}y`; throw FAIL;',
  'const a = `x${1}`; throw FAIL;',
  'const a = ``; throw FAIL;',
  'throw [`${1}${2}`, FAIL][1];',
  'const a = `${`${`${1}`}`}`; throw FAIL;',
  'const a = `${(() => { throw FAIL; })()}`;',
  'const a = `${1}${(() => { throw FAIL; })()}${2}`;',
  'if (true) {}`${1}`; throw FAIL;',
  "const a = '`${', b = `}`, c = /`}`/; throw FAIL;",
  'const a: `${string}` = `${1}` as `${string}`; throw FAIL;',
  'type A = `${string}${number}`; const a = `${1}` satisfies A; throw FAIL;',
  'const tag = (texts: TemplateStringsArray, ..._: unknown[]) => { if (texts.raw.join() + texts.join() === ",,,,") throw FAIL; }; tag`${1}${2}`;',
  'const a = `${1}`;\n    throw FAIL;',
  'const a = `\n${1}${2}`; const b: string = ``;\n  /* }` */ throw FAIL;',
  'const a = "\u2005\u2004", b = `${1}`; throw FAIL;',
];

const sources: Sources = Object.fromEntries(
  bodies.map((body, index) => [
    `functions/f${index}.ts`,
    `export const f = { typename: 'lab/f${index}', fn() {\n    ${body.replace('FAIL', THROW)}\n} };`,
  ]),
);
const expected = Object.entries(sources).map(([path, text]) => [path, ...lineAndColumn(String(text), String(text).indexOf(THROW))]);

function innermost(reply: CallReply): unknown {
  const [place] = reply.outcome.type === 'threw' ? reply.outcome.error.stack : [];
  return place === undefined ? reply.outcome : [place.path, place.line, place.column];
}

test('an error thrown behind such a template has its column', async () => {
  const sandbox = await startSandbox(sources);
  const replies = await sandbox.invoke(bodies.map((_body, index) => callOf({ to: `lab/f${index}` }, index + 1)));
  expect(replies.map(innermost)).toEqual(expected);
});

test('an error thrown behind such a template has its column in code that is observed', async () => {
  const sandbox = await observing({ sources });
  const places: unknown[] = [];
  for (const index of bodies.keys()) {
    places.push(innermost((await sandbox.observe(callOf({ to: `lab/f${index}` }))).reply));
  }
  expect(places).toEqual(expected);
});

test('what is marked behind such a template stands where the source has it', async () => {
  const line = '    const a = `${1}${2}`; if (a === ``) {} console.log(`${a}`); if (a) {}';
  const sandbox = await observing({ sources: { 'functions/f.ts': `export const f = { typename: 'lab/f', fn() {\n${line}\n} };` } });
  const { observation } = await sandbox.observe(callOf({ to: 'lab/f' }));
  expect(markLines(observation)).toEqual([
    `2:${line.indexOf('if (a ===') + 1} branch false`,
    `2:${line.indexOf('log(') + 1} log 12`,
    `2:${line.indexOf('if (a)') + 1} branch "12"`,
  ]);
});
