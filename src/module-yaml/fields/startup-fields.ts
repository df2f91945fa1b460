/** `startupPosition` of Kafka and Kinesis ingresses. */
import type { StartupPosition } from '../../model/module.ts';
import { meantDate } from './meant.ts';
import { asciiDigits, longOf } from './lenient-number.ts';
import { parseStartupDate } from '../startup-date.ts';
import { pairOf, scalarText, type PairNode } from '../source/source-node.ts';
import { readChoice, readObject, warnIgnored } from './object-fields.ts';
import { fail, keyRange, missing, pathText, readText, replaceWith, warn, type FieldPath, type SpecContext } from './spec-context.ts';

const PATH = ['startupPosition'];
/** What four digits cannot say, in milliseconds. */
const YEAR_10000 = 253_402_300_800_000;
const FALLBACK: StartupPosition = { type: 'latest' };

export const KAFKA_POSITIONS = ['latest', 'earliest', 'group-offsets', 'specific-offsets', 'date'] as const;
export const KINESIS_POSITIONS = ['latest', 'earliest', 'date'] as const;

export function readStartupPosition(
  context: SpecContext,
  types: readonly StartupPosition['type'][],
  topics: readonly string[],
): StartupPosition {
  const pair = readObject(context, context.spec, 'startupPosition', PATH, '“type: earliest”');
  if (pair === null) {
    return FALLBACK;
  }
  const type = readChoice(context, pair, 'type', [...PATH, 'type'], types, { required: true });
  const unused = ['offsets', 'date'].filter((key) => key !== (type === 'specific-offsets' ? 'offsets' : type));
  warnIgnored(
    context,
    pair,
    types.includes('specific-offsets') ? unused : unused.filter((key) => key === 'date'),
    PATH,
    `it does not belong to type ${type ?? 'as written'}.`,
  );
  switch (type) {
    case null:
      return FALLBACK;
    case 'date':
      return readDate(context, pair);
    case 'specific-offsets':
      return { type, offsets: readOffsets(context, pair, topics) };
    default:
      return { type };
  }
}

function readDate(context: SpecContext, parent: PairNode): StartupPosition {
  const path = [...PATH, 'date'];
  const value = readText(context, parent, 'date', path, { required: 'write it like 2024-02-29 04:15:00.000 +0000.', nullFails: true });
  if (value === null) {
    return FALLBACK;
  }
  const text = scalarText(value);
  const at = parseStartupDate(text);
  if (at === null) {
    const advice = text.endsWith('Z')
      ? 'The zone is written +0000, not Z.'
      : 'Write it like 2024-02-29 04:15:00.000 +0000, with three digits after the dot and the zone as +hhmm.';
    const meant = meantDate(text);
    const fix = meant === null ? {} : { fix: replaceWith(`Write ${meant}`, value, meant) };
    fail(context, 'bad-date', `“${text}” is no startup date. ${advice}`, { at: value, field: path, moment: 'load', ...fix });
    return FALLBACK;
  }
  if (at >= YEAR_10000 && !context.kind.includes('kafka')) {
    fail(context, 'bad-date', `${text} lies behind the year 9999: write an earlier date.`, { at: value, field: path, moment: 'start' });
  }
  if (at < 0 && context.kind.includes('kafka')) {
    fail(context, 'bad-date', `${text} lies before 1970: write a later date, or type: earliest.`, {
      at: value,
      field: path,
      moment: 'start',
    });
  }
  return { type: 'date', at };
}

type Offset = { readonly topic: string; readonly partition: number; readonly offset: number };

function readOffsets(context: SpecContext, parent: PairNode, topics: readonly string[]): readonly Offset[] {
  const path = [...PATH, 'offsets'];
  const pair = pairOf(parent.value, 'offsets');
  const advice = 'list items of the form “- topic/partition: offset”.';
  if (pair === null) {
    missing(context, parent, path, advice);
    return [];
  }
  if (pair.value.type !== 'list' || pair.value.items.length === 0) {
    fail(context, 'bad-offset', `${pathText(path)} must not be empty: ${advice}`, {
      at: pair.value.from === pair.value.to ? keyRange(pair) : pair.value,
      field: path,
      moment: 'load',
    });
    return [];
  }
  return pair.value.items.flatMap((item, index) => {
    const first = item.value.type === 'map' ? item.value.pairs[0] : undefined;
    if (first === undefined) {
      fail(context, 'bad-offset', `${pathText([...path, index])} must be one pair: write “- topic/partition: offset”.`, {
        at: item.value.from === item.value.to ? keyRange(pair) : item.value,
        field: [...path, index],
        moment: 'load',
      });
      return [];
    }
    if (item.value.type === 'map' && item.value.pairs.length > 1) {
      warn(context, 'bad-offset', `Only ${first.key} counts here: give each partition an item of its own.`, {
        at: item.value,
        field: [...path, index],
      });
    }
    return readOffset(context, first, [...path, index, first.key], topics);
  });
}

function readOffset(context: SpecContext, pair: PairNode, path: FieldPath, topics: readonly string[]): readonly Offset[] {
  const split = pair.key.lastIndexOf('/');
  const topic = pair.key.slice(0, split);
  const partition = asciiDigits(pair.key.slice(split + 1));
  if (split < 1 || !/^\+?[0-9]+$/.test(partition) || Number(partition) > 2_147_483_647) {
    fail(context, 'bad-offset', `“${pair.key}” is not of the form topic/partition: write, for example, orders/0.`, {
      at: keyRange(pair),
      field: path,
      moment: 'load',
    });
    return [];
  }
  if (!topics.includes(topic)) {
    warn(context, 'offset-of-unread-topic', `This ingress does not read ${topic}: the offset is never used.`, {
      at: keyRange(pair),
      field: path,
    });
  }
  const { value } = pair;
  const offset = longOf(value);
  if (value.type !== 'scalar' || !/^[-+]?[0-9]+$/.test(scalarText(value).trim())) {
    warn(context, 'bad-offset', `The offset of ${pair.key} is read as ${offset}: write a whole number.`, {
      at: value.from === value.to ? keyRange(pair) : value,
      field: path,
    });
  }
  return [{ topic, partition: Number(partition), offset }];
}
