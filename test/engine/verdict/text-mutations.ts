/** Mutations of YAML itself: indentation, tabs, quotes, tags, anchors, directives, separators, line ends, odd characters. */
import type { Chance } from './chance.ts';
import type { Mutation } from './field-mutations.ts';

const CHARACTERS = [...'-:?,[]{}#&*!|>\'"%@` \t\n/\\~=<.0a'];
const ODD_CHARACTERS = [...'\r\u0000\u0007\u000b\u001f\u007f\u0085\u00a0\u2028\u2029\ufeff\ufffe\u200b', '🎉', '\r\n'];
const SNIPPETS = [
  ': ',
  ' #',
  '- ',
  '? ',
  '---',
  '...',
  '\n---\n',
  '\n...\n',
  '\n--- \n',
  '--- ',
  ' ---',
  '----',
  '--',
  '!!str ',
  '!x ',
  '! ',
  '&a ',
  '*a',
  '*a ',
  '<<: ',
  '<<: *a',
  '%YAML 1.1\n',
  '\n%YAML 1.2\n---\n',
  '|\n',
  '>\n',
  '|-\n',
  '|2\n',
  '{',
  '}',
  '[',
  ']',
  '{}',
  '[]',
  ', ',
  '"',
  "'",
  '""',
  "''",
  '\\',
  '\\n',
  '\\/',
  '\t',
  '  ',
  '\n',
  '\n\n',
  ' # c\n',
  '{{ x }}',
  '${x}',
  '{function.name}',
  ' : ',
  ':\n',
  '-\n',
  '\n  ',
  '\n\t',
];

function at(name: string, change: (text: string, index: number, chance: Chance) => string): Mutation {
  return { name, apply: (text, chance) => change(text, chance.below(text.length + 1), chance) };
}

function onLine(name: string, change: (lines: string[], index: number, chance: Chance) => void): Mutation {
  return {
    name,
    apply(text, chance) {
      const lines = text.split('\n');
      change(lines, chance.below(lines.length), chance);
      return lines.join('\n');
    },
  };
}

/** Around the value of a line `key: value`. */
function onValue(name: string, change: (value: string, chance: Chance) => string): Mutation {
  return {
    name,
    apply(text, chance) {
      const lines = text.split('\n');
      const places = lines.flatMap((line, index) => (/(?:: |- )\S/.test(line) ? [index] : []));
      if (places.length === 0) {
        return null;
      }
      const index = chance.pick(places);
      const line = lines[index] ?? '';
      const from = Math.max(line.lastIndexOf(': ') + 2, line.lastIndexOf('- ') + 2);
      lines[index] = line.slice(0, from) + change(line.slice(from), chance);
      return lines.join('\n');
    },
  };
}

const insert = at('insert', (text, index, chance) => text.slice(0, index) + chance.pick(CHARACTERS) + text.slice(index));
const snippet = at('snippet', (text, index, chance) => text.slice(0, index) + chance.pick(SNIPPETS) + text.slice(index));

export const TEXT_MUTATIONS: readonly Mutation[] = [
  insert,
  insert,
  snippet,
  snippet,
  at('delete', (text, index, chance) => text.slice(0, index) + text.slice(index + 1 + chance.below(4))),
  at('replace', (text, index, chance) => text.slice(0, index) + chance.pick(CHARACTERS) + text.slice(index + 1)),
  at('odd', (text, index, chance) => text.slice(0, index) + chance.pick(ODD_CHARACTERS) + text.slice(index)),
  at('cut', (text, index) => text.slice(0, index)),
  onLine('indent', (lines, index, chance) => {
    lines[index] = ' '.repeat(1 + chance.below(4)) + (lines[index] ?? '');
  }),
  onLine('outdent', (lines, index, chance) => {
    const line = lines[index] ?? '';
    lines[index] = line.slice(Math.min(1 + chance.below(4), line.length - line.trimStart().length));
  }),
  onLine('indent-rest', (lines, index, chance) => {
    const extra = ' '.repeat(1 + chance.below(3));
    for (let line = index; line < lines.length && !(lines[line] ?? '').startsWith('---'); line += 1) {
      lines[line] = extra + (lines[line] ?? '');
    }
  }),
  onLine('tab-indent', (lines, index) => {
    lines[index] = (lines[index] ?? '').replace(/^ +|^/, '\t');
  }),
  onLine('remove-line', (lines, index) => {
    lines.splice(index, 1);
  }),
  onLine('double-line', (lines, index) => {
    lines.splice(index, 0, lines[index] ?? '');
  }),
  onLine('swap-lines', (lines, index, chance) => {
    const other = chance.below(lines.length);
    [lines[index], lines[other]] = [lines[other] ?? '', lines[index] ?? ''];
  }),
  onLine('join-lines', (lines, index, chance) => {
    const next = lines.splice(index + 1, 1)[0] ?? '';
    lines[index] = `${lines[index] ?? ''}${chance.pick(['', ' '])}${chance.pick([next, next.trim()])}`;
  }),
  onLine('insert-line', (lines, index, chance) => {
    lines.splice(
      index,
      0,
      chance.pick([
        '---',
        '...',
        '--- # c',
        '--- !!map',
        ' ---',
        '----',
        '%YAML 1.2',
        '%YAML 2.0',
        '%FOO bar',
        '%TAG ! x',
        '# c',
        '',
        '\t',
        '  ',
        '-',
        '- a',
        'x',
        'x:',
        'x: y',
        '{}',
        '[]',
        '? x',
        ': y',
        '"x"',
        '--- |',
        '--- {}',
        '--- text',
        '--- a: b',
        '...x',
        '---x',
        '... # c',
        '... x',
      ]),
    );
  }),
  onLine('comment', (lines, index, chance) => {
    lines[index] = `${lines[index] ?? ''}${chance.pick([' # c', '# c', '\t# c', '  #', ' #{'])}`;
  }),
  onLine('trailing', (lines, index, chance) => {
    lines[index] =
      `${lines[index] ?? ''}${chance.pick([' ', '\t', '  ', ' \t', '\\', ':', ' :', ',', ' -', ' |', ' >', ' &a', ' *a', ' !x', ' {', ' []'])}`;
  }),
  onLine('break-line', (lines, index, chance) => {
    const line = lines[index] ?? '';
    const cut = chance.below(line.length + 1);
    lines.splice(index, 1, line.slice(0, cut), ' '.repeat(chance.below(8)) + line.slice(cut));
  }),
  onValue('quote', (value, chance) => {
    const quote = chance.pick(['"', "'"]);
    return chance.pick([quote + value + quote, quote + value, value + quote, `${quote}${value}${quote}\t`, `${quote}${value}${quote}x`]);
  }),
  onValue(
    'prefix',
    (value, chance) =>
      chance.pick([
        '!!str ',
        '!!int ',
        '!x ',
        '! ',
        '!',
        '&a ',
        '&a',
        '*',
        '& ',
        '!!binary ',
        '!<x> ',
        '!a!b ',
        '!!map ',
        '&a !!str ',
        '!!str &a ',
        '&a &b ',
        '!x !y ',
        '|',
        '>',
        '%',
        '@',
        '`',
        '\t',
        '  ',
        '- ',
        '? ',
        ': ',
        '\n      ',
        '"\n      ',
        "'",
      ]) + value,
  ),
  onValue(
    'block',
    (value, chance) =>
      `${chance.pick(['|', '>', '|-', '>-', '|+', '>+', '|2', '>1', '|10', '|-2', '|2-', '|0', '| # c', '|#c', '|\t', '>x'])}\n${' '.repeat(chance.below(12))}${value}${chance.pick(['', '\n', '\n\n'])}`,
  ),
  onValue('flow', (value, chance) =>
    chance.pick([
      `[${value}]`,
      `{${value}}`,
      `{a: ${value}}`,
      `[${value}`,
      `${value}]`,
      `[${value}, ]`,
      `[, ${value}]`,
      `{? ${value}}`,
      `[? ${value}]`,
      `[${value}: x]`,
      `{"a":${value}}`,
      `{a:${value}}`,
      `{${value}, b}`,
      `[[${value}]]`,
      `[\n${value}\n]`,
      `{\n  a:\n  ${value}}`,
    ]),
  ),
  {
    name: 'alias',
    apply(text, chance) {
      const lines = text.split('\n');
      const places = lines.flatMap((line, index) => (/: \S/.test(line) ? [index] : []));
      const [from, to] = [chance.pick(places.length === 0 ? [0] : places), chance.pick(places.length === 0 ? [0] : places)];
      const name = chance.pick(['a', 'a.b', 'a/b', 'a-b', 'ä', 'a:b', 'a,b', '1', 'a?b', 'a*b', 'a[b']);
      lines[from] = (lines[from] ?? '').replace(': ', `: &${name} `);
      lines[to] = (lines[to] ?? '').replace(/: .*/, `: *${name}`);
      return lines.join('\n');
    },
  },
  { name: 'line-ends', apply: (text, chance) => text.replaceAll('\n', chance.pick(['\r\n', '\r', '\u0085', '\u2028', '\u2029'])) },
  { name: 'byte-order-mark', apply: (text) => `\ufeff${text}` },
  { name: 'no-last-break', apply: (text) => text.trimEnd() },
  {
    name: 'lead',
    apply: (text, chance) =>
      chance.pick([
        '---\n',
        '--- # c\n',
        '...\n',
        '\n\n',
        '# c\n',
        '%YAML 1.1\n---\n',
        '%YAML 1.2\n---\n',
        '%YAML 1.2\n',
        '%YAML 2.0\n---\n',
        '%FOO bar\n---\n',
        '%TAG !y! tag:y,2000:\n---\n',
        ' ',
        '\t',
        '---\n---\n',
        '--- {}\n',
        '---\n...\n',
        '--- null\n---\n',
        '- a\n',
        '%YAML 1.1\n%YAML 1.1\n---\n',
        '%YAML1.1\n---\n',
        '%YAML 1.1 # c\n---\n',
        '%YAML 1.x\n---\n',
        '%\n---\n',
      ]) + text,
  },
  {
    name: 'tail',
    apply: (text, chance) =>
      text +
      chance.pick([
        '---\n',
        '---',
        '...\n',
        '...',
        '--- # c',
        '\n\n',
        '# c',
        '\t',
        ' ',
        '---\n{}\n',
        '---\nnull\n',
        '--- ~\n',
        '...\n# c\n',
        '...\nx: y\n',
        '...\n---\n',
        '---\ntext\n',
        '---\n[]\n',
        '---\n""\n',
        '---\nfalse\n',
        '%',
        '%FOO\n',
        '---\nkind: a/b\n',
        '---\nspec: {}\n',
        '---\nkind: a/b\nspec: {}\n',
        '}',
        ']',
        '\u0000',
      ]),
  },
  {
    name: 'long-key',
    apply(text, chance) {
      const lines = text.split('\n');
      const length = chance.pick([900, 1000, 1018, 1019, 1020, 1021, 1022, 1023, 1024, 1025, 1026, 1030, 1200]);
      const key = chance.pick(['k', '"', 'ü', '🎉', '[', '?']);
      const long =
        key === '"'
          ? `"${'k'.repeat(length)}"`
          : key === '['
            ? `[${'k'.repeat(length)}]`
            : key === '?'
              ? `? ${'k'.repeat(length)}\n`
              : key.repeat(length);
      const index = chance.below(lines.length);
      const lead = /^ *(?:- )?/.exec(lines[index] ?? '')?.[0] ?? '';
      lines.splice(index, 0, `${' '.repeat(lead.length)}${long}${key === '?' ? ' '.repeat(lead.length) : ''}: x`);
      return lines.join('\n');
    },
  },
];
