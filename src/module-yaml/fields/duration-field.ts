/** Duration fields: texts of Flink's form, or unquoted numbers of milliseconds after YAML typing (module-yaml.md §6). */
import { formatDuration, parseDuration } from '../duration.ts';
import { meantDuration } from './meant.ts';
import { pairOf, scalarText, type PairNode, type ScalarNode } from '../source/source-node.ts';
import {
  fail,
  keyRange,
  pathText,
  replaceWith,
  warn,
  warnOfTyping,
  type FieldPath,
  type Moment,
  type SpecContext,
} from './spec-context.ts';

/** Milliseconds; undefined where the field is missing, null where it is wrong (reported). */
export function readDuration(
  context: SpecContext,
  parent: PairNode,
  key: string,
  path: FieldPath,
  options: { readonly moment: Moment; readonly positive?: boolean; readonly nullIsAbsent?: boolean },
): number | null | undefined {
  const pair = pairOf(parent.value, key);
  if (pair === null) {
    return undefined;
  }
  const { value } = pair;
  if (options.nullIsAbsent === true && value.type === 'scalar' && value.scalar === 'null') {
    return undefined;
  }
  const place = { at: value.from === value.to ? keyRange(pair) : value, field: path, moment: options.moment };
  const advice = 'write a whole number and one unit, such as 30 s, 2 min or 1 h.';
  if (value.type !== 'scalar' || value.scalar === 'null') {
    fail(context, 'bad-duration', `${pathText(path)} is no duration: ${advice}`, place);
    return null;
  }
  const text = scalarText(value);
  const read = parseDuration(text);
  if (!read.ok) {
    const known = value.text.trim().startsWith('-') ? 'is negative' : read.error;
    const meant = meantDuration(value.text);
    const fix = meant === null ? {} : { fix: replaceWith(`Write ${meant}`, value, meant) };
    fail(context, 'bad-duration', `${pathText(path)}: “${text}” ${known}: ${advice}`, { ...place, ...fix });
    return null;
  }
  warnOfTyping(context, value, path);
  if (options.positive === true && read.value <= 0) {
    fail(context, 'bad-duration', `${pathText(path)} must be more than 0.`, place);
    return null;
  }
  warnOfUnit(context, value, read.value, path);
  return read.value;
}

/** Few milliseconds where seconds were meant, and thousands of seconds where milliseconds were. */
function warnOfUnit(context: SpecContext, value: ScalarNode, millis: number, path: FieldPath): void {
  const [, count = '', unit = ''] = /^\s*(\d+)\s*(\D*?)\s*$/.exec(value.text) ?? [];
  const isBare = unit === '' && count !== '' && millis > 0 && millis < 1000;
  const isLarge =
    unit !== '' && /^(?:s|m|min|sec|secs|seconds?|minutes?|h|hours?)$/i.test(unit) && Number(count) >= 1000 && Number(count) % 1000 === 0;
  if (isBare || isLarge) {
    const meant = isBare ? `${count} s` : `${count} ms`;
    const why = isBare ? `has no unit and counts as ${millis} ms` : `is ${formatDuration(millis)}`;
    const message = `${pathText(path)}: ${value.text.trim()} ${why}: write ${meant} if you mean that, or ${formatDuration(millis)} to keep it.`;
    warn(context, 'duration-unit', message, { at: value, field: path, fix: replaceWith(`Write ${meant}`, value, meant) });
  }
}
