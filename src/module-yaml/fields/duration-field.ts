/** Duration fields: texts of Flink's form, or unquoted numbers of milliseconds after YAML typing (module-yaml.md §6). */
import { parseDuration } from '../duration.ts';
import { pairOf, scalarText, type PairNode } from '../source/source-node.ts';
import { fail, keyRange, pathText, warnOfTyping, type FieldPath, type Moment, type SpecContext } from './spec-context.ts';

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
    fail(context, 'bad-duration', `${pathText(path)}: “${text}” ${known}: ${advice}`, place);
    return null;
  }
  warnOfTyping(context, value, path);
  if (options.positive === true && read.value <= 0) {
    fail(context, 'bad-duration', `${pathText(path)} must be more than 0.`, place);
    return null;
  }
  return read.value;
}
