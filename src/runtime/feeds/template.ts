/**
 * Text with placeholders, from which a generator makes each record's key, value and headers.
 *
 * A placeholder is `{{name arguments}}`, arguments apart by blanks; {@link PLACEHOLDERS} lists them all. Everything
 * else is copied as it stands. Chance is drawn anew at each place of each record, from (run seed, feed, ordinal of the
 * record, place), so that a record never depends on the ones before it.
 */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { hash32, randomStream } from '../../base/random.ts';
import type { RandomStream } from '../../base/random.ts';
import { placeholderKinds } from './placeholder-kinds.ts';
import type { FillContext, PlaceholderFill } from './placeholder-kinds.ts';

/** One row of the help beside a template's field. */
export interface PlaceholderHelp {
  readonly usage: string;
  readonly meaning: string;
  readonly example: string;
}

export const PLACEHOLDERS: readonly PlaceholderHelp[] = [
  { usage: '{{n}}', meaning: 'The number of the record, from 1. {{n 6}} writes at least 6 digits.', example: '42' },
  { usage: '{{int 1 500}}', meaning: 'A whole number, both ends included. {{int 1 500 4}} writes at least 4 digits.', example: '317' },
  { usage: '{{float 1 500 2}}', meaning: 'A number between the two, with so many decimals.', example: '86.04' },
  {
    usage: '{{zipf 1000}}',
    meaning: 'A whole number from 1 where k comes up 1/k as often as 1: a few hot keys. {{zipf 1000 4}} writes at least 4 digits.',
    example: '3',
  },
  { usage: '{{pick red|green|blue}}', meaning: 'One of the texts, each as likely.', example: 'green' },
  { usage: '{{weighted card:9|cash:1}}', meaning: 'One of the texts, as often as its weight says.', example: 'card' },
  { usage: '{{uuid}}', meaning: 'A random UUID (version 4).', example: '0f8fad5b-d9cb-469f-a165-70867728950e' },
  { usage: '{{key}}', meaning: "The record's key; not in the key itself.", example: 'acct-0007' },
  { usage: '{{now}}', meaning: 'Virtual time of the record, milliseconds since 1970.', example: '1767225600250' },
  { usage: '{{iso}}', meaning: 'The same in ISO 8601, UTC.', example: '2026-01-01T00:00:00.250Z' },
];

export interface TemplateError {
  readonly message: string;
  /** Offsets of the placeholder in the template, end exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface Template {
  /** Text before, between and after the placeholders: always one more than `fills`. */
  readonly texts: readonly string[];
  readonly fills: readonly PlaceholderFill[];
}

/** @param usesKey false for the key's own template, where `{{key}}` has no meaning. */
export function parseTemplate(text: string, usesKey = true): Result<Template, readonly TemplateError[]> {
  const texts: string[] = [];
  const fills: PlaceholderFill[] = [];
  const errors: TemplateError[] = [];
  let at = 0;
  for (;;) {
    const from = text.indexOf('{{', at);
    if (from < 0) {
      texts.push(text.slice(at));
      break;
    }
    const close = text.indexOf('}}', from + 2);
    if (close < 0) {
      errors.push({ message: 'This “{{” is never closed: write “}}” behind the placeholder.', from, to: text.length });
      break;
    }
    const to = close + 2;
    const fill = parsePlaceholder(text.slice(from + 2, close), usesKey);
    if (fill.ok) {
      texts.push(text.slice(at, from));
      fills.push(fill.value);
    } else {
      errors.push({ message: fill.error, from, to });
    }
    at = to;
  }
  return errors.length > 0 ? err(errors) : ok({ texts, fills });
}

/**
 * The template's text for one record.
 * @param place Names the template within the record, so that key and value draw apart.
 */
export function fillTemplate(template: Template, context: FillContext, place: string): string {
  let text = template.texts[0] ?? '';
  for (const [index, fill] of template.fills.entries()) {
    text += fill(context, chanceAt(context, place, index)) + (template.texts[index + 1] ?? '');
  }
  return text;
}

function chanceAt(context: FillContext, place: string, index: number): RandomStream {
  return randomStream(hash32(`${context.ordinal}/${place}/${index}`, context.feedSeed));
}

function parsePlaceholder(inner: string, usesKey: boolean): Result<PlaceholderFill, string> {
  const trimmed = inner.trim();
  const blank = trimmed.search(/\s/);
  const name = blank < 0 ? trimmed : trimmed.slice(0, blank);
  const argument = blank < 0 ? '' : trimmed.slice(blank).trim();
  const kind = placeholderKinds.get(name);
  if (kind === undefined) {
    return err(`“{{${trimmed}}}” is not a placeholder. There are ${[...placeholderKinds.keys()].join(', ')}.`);
  }
  if (name === 'key' && !usesKey) {
    return err('“{{key}}” stands for the key, so the key itself cannot contain it.');
  }
  return kind(argument);
}
