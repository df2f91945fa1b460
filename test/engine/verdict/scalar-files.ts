/**
 * Files whose only odd part is YAML itself: random scalars and collections, in properties, whose texts the loader shows, and in a field that
 * nobody reads. The same for the same number.
 */
import { hash32 } from '../../../src/base/random.ts';
import { chance, type Chance } from './chance.ts';
import type { LoaderFile } from './real-loader.ts';

const WORDS = [
  'a',
  'bc',
  'two words',
  '010',
  '1e3',
  'yes',
  'ü',
  '🎉',
  '-',
  ':',
  '#',
  'x:y',
  'a #b',
  "it's",
  '"',
  '\\',
  '{',
  '}',
  ',',
  '?',
  '!',
  '&',
  '*',
  '%',
  '@',
  '0x1F',
  '.5',
  '~',
  '|',
  '>',
  '- x',
  'k: v',
];
const BREAKS = ['\n', '\n', '\n', '\n\n', '\n\n\n', '\r\n', '\u2028', '\u0085', '\n \n', '\n\t\n'];
const LEADS = ['', '', '', ' ', '  ', '    ', '\t', '      '];

function words(random: Chance, most: number): string {
  return Array.from({ length: 1 + random.below(most) }, () => random.pick(WORDS)).join(random.pick([' ', ' ', '  ', '\t', '']));
}

function lines(random: Chance, indent: string): string {
  return Array.from(
    { length: 1 + random.below(4) },
    (_, index) => (index === 0 ? '' : indent + random.pick(LEADS)) + words(random, 3),
  ).join(random.pick(BREAKS));
}

function scalar(random: Chance, indent: string): string {
  const props = random.pick([
    '',
    '',
    '',
    '',
    '!!str ',
    '&a ',
    '! ',
    '!x ',
    '&a !!str ',
    '!!binary ',
    '!!int ',
    '!!float ',
    '!!bool ',
    '!!null ',
  ]);
  switch (random.below(6)) {
    case 0:
      return `${props}'${lines(random, indent).replaceAll("'", random.pick(["''", "''", "'"]))}'`;
    case 1:
      return `${props}"${lines(random, indent).replaceAll(/["\\]/g, () => random.pick(['\\"', '\\\\', '\\n', '\\x41', '\\\n', '\\ ', '\\e', '"']))}"`;
    case 2:
      return `${props}${random.pick(['|', '>'])}${random.pick(['', '', '-', '+', '2', '1-', '+3', '4'])}${random.pick(['', '', ' # c', ' '])}\n${random.pick(['', '\n', '\n\n'])}${indent}${lines(random, indent)}${random.pick(['', '\n', '\n\n', '\n  \n'])}`;
    case 3:
      return `${props}${words(random, 2)}`;
    default:
      return `${props}${lines(random, indent)}`;
  }
}

function collection(random: Chance, depth: number): string {
  if (depth === 0 || random.below(3) === 0) {
    return random.pick([scalar(random, '   '), words(random, 1), '', '*a', '"q"', "'s'"]);
  }
  const inner = () => collection(random, depth - 1);
  const between = random.pick([', ', ',', ',\n   ', ' , ']);
  const items = Array.from({ length: random.below(4) }, () =>
    random.pick([
      () => inner(),
      () => `${inner()}: ${inner()}`,
      () => `? ${inner()} : ${inner()}`,
      () => `"${random.pick(['k', 'l'])}":${inner()}`,
    ])(),
  );
  const [open, close] = random.pick([
    ['[', ']'],
    ['{', '}'],
  ] as const);
  return `${open}${random.pick(['', ' ', '\n   '])}${items.join(between)}${random.pick(['', ',', ' '])}${close}`;
}

export function scalarFile(number: number): LoaderFile {
  const random = chance(hash32(`scalars ${number}`));
  const properties = Array.from({ length: 1 + random.below(3) }, (_, index) => `    - p${index}: ${scalar(random, '        ')}\n`);
  const note = random.below(2) === 0 ? `  note: ${collection(random, 3)}\n` : '';
  const text = `kind: io.statefun.endpoints.v2/http
spec:
${note}  functions: a/*
  urlPathTemplate: http://h/
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: a/in
  address: k:1
  consumerGroupId: g
  properties:
${properties.join('')}  topics: [{topic: t, valueType: a/v, targets: [a/f]}]
`;
  return { name: `scalars #${number}`, text };
}

export function scalarFiles(from: number, count: number): readonly LoaderFile[] {
  return Array.from({ length: count }, (_, index) => scalarFile(from + index));
}
