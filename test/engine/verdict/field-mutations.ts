/** Mutations of fields: values that are missing, of another type, null, misspelt, duplicated. They work on lines of `key: value`. */
import type { Chance } from './chance.ts';
import { ANY_VALUES } from './values/any-values.ts';
import { EXTRA_LINES, FIELD_VALUES } from './values/field-values.ts';

export interface Mutation {
  readonly name: string;
  /** Null where the text has no place for it. */
  readonly apply: (text: string, chance: Chance) => string | null;
}

interface Field {
  readonly line: number;
  readonly indent: number;
  readonly lead: string;
  readonly key: string;
  readonly value: string;
}

const FIELD = /^( *(?:- )*)("?[\w./~-]+"?|'[\w./-]+'):(?: (.*)|)$/;

function fieldsOf(lines: readonly string[]): readonly Field[] {
  return lines.flatMap((line, index) => {
    const match = FIELD.exec(line);
    return match === null
      ? []
      : [{ line: index, indent: (match[1] ?? '').length, lead: match[1] ?? '', key: match[2] ?? '', value: match[3] ?? '' }];
  });
}

/** The lines that belong to a field: its own and those indented more (or list items in its column). */
function extent(lines: readonly string[], field: Field): number {
  let end = field.line + 1;
  while (end < lines.length) {
    const line = lines[end] ?? '';
    const indent = line.length - line.trimStart().length;
    if (line.trim() !== '' && indent <= field.indent && !(indent === field.indent && line.trimStart().startsWith('- '))) {
      break;
    }
    end += 1;
  }
  return end;
}

function onField(name: string, change: (lines: string[], field: Field, chance: Chance) => void): Mutation {
  return {
    name,
    apply(text, chance) {
      const lines = text.split('\n');
      const fields = fieldsOf(lines);
      if (fields.length === 0) {
        return null;
      }
      change(lines, chance.pick(fields), chance);
      return lines.join('\n');
    },
  };
}

function valueFor(key: string, chance: Chance): string {
  const pool = FIELD_VALUES.get(key.replace(/["']/g, ''));
  return pool === undefined || chance.below(5) === 0 ? chance.pick(ANY_VALUES) : chance.pick(pool);
}

function misspelt(key: string, chance: Chance): string {
  const at = chance.below(key.length);
  return chance.pick([
    key.toUpperCase(),
    key.slice(0, at) + key.slice(at + 1),
    `${key}s`,
    key.slice(0, 1).toUpperCase() + key.slice(1),
    key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    key.slice(0, at) + chance.pick([...'abcxyz-_']) + key.slice(at),
    `"${key}"`,
    `${key} `,
  ]);
}

const value: Mutation = onField('value', (lines, field, chance) => {
  lines.splice(field.line, extent(lines, field) - field.line, `${field.lead}${field.key}: ${valueFor(field.key, chance)}`);
});

export const FIELD_MUTATIONS: readonly Mutation[] = [
  value,
  value,
  value,
  value,
  onField('value-only', (lines, field, chance) => {
    lines[field.line] = `${field.lead}${field.key}: ${valueFor(field.key, chance)}`;
  }),
  onField('remove', (lines, field) => {
    lines.splice(field.line, extent(lines, field) - field.line);
  }),
  onField('null', (lines, field, chance) => {
    lines.splice(
      field.line,
      extent(lines, field) - field.line,
      `${field.lead}${field.key}:${chance.pick(['', ' ~', ' null', ' # nothing'])}`,
    );
  }),
  onField('misspell', (lines, field, chance) => {
    lines[field.line] = `${field.lead}${misspelt(field.key, chance)}:${field.value === '' ? '' : ` ${field.value}`}`;
  }),
  onField('add', (lines, field, chance) => {
    const key = chance.pick(EXTRA_LINES);
    lines.splice(extent(lines, field), 0, `${' '.repeat(field.indent)}${key}: ${valueFor(key, chance)}`);
  }),
  onField('duplicate', (lines, field, chance) => {
    const end = extent(lines, field);
    const copy = lines.slice(field.line, end);
    if (chance.below(2) === 0) {
      lines.splice(end, 0, ...copy);
    } else {
      lines.splice(field.line, 0, `${field.lead}${field.key}: ${valueFor(field.key, chance)}`);
    }
  }),
  onField('move', (lines, field, chance) => {
    const moved = lines.splice(field.line, extent(lines, field) - field.line);
    lines.splice(chance.below(lines.length + 1), 0, ...moved);
  }),
  {
    name: 'duplicate-component',
    apply(text, chance) {
      const parts = text.split('---\n');
      const copy = chance.pick(parts);
      parts.splice(chance.below(parts.length + 1), 0, copy);
      return parts.join('---\n');
    },
  },
  {
    name: 'remove-component',
    apply(text, chance) {
      const parts = text.split('---\n');
      parts.splice(chance.below(parts.length), 1);
      return parts.length === 0 ? null : parts.join('---\n');
    },
  },
  {
    name: 'swap-values',
    apply(text, chance) {
      const lines = text.split('\n');
      const fields = fieldsOf(lines).filter((field) => field.value !== '');
      if (fields.length < 2) {
        return null;
      }
      const [one, other] = [chance.pick(fields), chance.pick(fields)];
      lines[one.line] = `${one.lead}${one.key}: ${other.value}`;
      lines[other.line] = `${other.lead}${other.key}: ${one.value}`;
      return lines.join('\n');
    },
  },
];

/** The text with each field replaced by each value of its pool, and with each field left out. */
export function substituted(text: string): readonly { readonly name: string; readonly text: string }[] {
  const lines = text.split('\n');
  return fieldsOf(lines).flatMap((field) => {
    const key = field.key.replace(/["']/g, '');
    const pool = FIELD_VALUES.get(key) ?? ANY_VALUES;
    const end = extent(lines, field);
    const replaced = (insert: readonly string[]) => [...lines.slice(0, field.line), ...insert, ...lines.slice(end)].join('\n');
    return [
      ...pool.map((candidate) => ({
        name: `line ${field.line + 1} ${key}: ${candidate}`,
        text: replaced([`${field.lead}${field.key}: ${candidate}`]),
      })),
      { name: `line ${field.line + 1} without ${key}`, text: replaced([]) },
    ];
  });
}
