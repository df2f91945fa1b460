/** What each placeholder of a template writes. A kind checks its arguments once and gives the function that fills the place. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { RandomStream } from '../../base/random.ts';
import { isoTime } from './iso-time.ts';

export interface FillContext {
  /** From run seed and feed. */
  readonly feedSeed: number;
  /** The record's number, from 1. */
  readonly ordinal: number;
  /** Null for a record without key. */
  readonly key: string | null;
  /** Virtual ms since 1970. */
  readonly now: number;
}

export type PlaceholderFill = (context: FillContext, chance: RandomStream) => string;
type PlaceholderKind = (argument: string) => Result<PlaceholderFill, string>;

/** The table of a zipf placeholder is made when the template is parsed. */
const ZIPF_LIMIT = 100_000;

export const placeholderKinds: ReadonlyMap<string, PlaceholderKind> = new Map<string, PlaceholderKind>([
  ['n', ordinal],
  ['int', int],
  ['float', float],
  ['zipf', zipf],
  ['pick', pick],
  ['weighted', weighted],
  ['uuid', (argument) => bare('uuid', argument, (_, chance) => uuid(chance))],
  ['key', (argument) => bare('key', argument, (context) => context.key ?? '')],
  ['now', (argument) => bare('now', argument, (context) => String(context.now))],
  ['iso', (argument) => bare('iso', argument, (context) => isoTime(context.now))],
]);

function bare(name: string, argument: string, fill: PlaceholderFill): Result<PlaceholderFill, string> {
  return argument === '' ? ok(fill) : err(`“{{${name}}}” takes nothing behind its name.`);
}

function ordinal(argument: string): Result<PlaceholderFill, string> {
  const [width = 0, ...more] = wholeNumbers(argument) ?? [-1];
  return width < 0 || width > 30 || more.length > 0
    ? err('“n” takes at most a number of digits: {{n}} or {{n 6}}.')
    : ok((context) => padded(context.ordinal, width));
}

function int(argument: string): Result<PlaceholderFill, string> {
  const [from, to, width = 0, ...more] = wholeNumbers(argument) ?? [];
  if (from === undefined || to === undefined || more.length > 0 || width < 0 || width > 30) {
    return err('“int” takes the smallest and the largest whole number: {{int 1 500}}.');
  }
  return from > to
    ? err(`“int” has its ends the wrong way round: {{int ${to} ${from}}}.`)
    : ok((_, chance) => padded(from + Math.floor(chance.next() * (to - from + 1)), width));
}

function float(argument: string): Result<PlaceholderFill, string> {
  const parts = argument.split(/\s+/);
  const [from = Number.NaN, to = Number.NaN, digits = 2] = parts.map(plainNumber);
  if (!Number.isFinite(from) || !Number.isFinite(to) || parts.length > 3 || !Number.isInteger(digits) || digits < 0 || digits > 15) {
    return err('“float” takes two numbers and how many decimals: {{float 1 500 2}}.');
  }
  return from > to
    ? err(`“float” has its ends the wrong way round: {{float ${to} ${from} ${digits}}}.`)
    : ok((_, chance) => (from + chance.next() * (to - from)).toFixed(digits));
}

function zipf(argument: string): Result<PlaceholderFill, string> {
  const [count, width = 0, ...more] = wholeNumbers(argument) ?? [];
  if (count === undefined || count < 1 || count > ZIPF_LIMIT || more.length > 0 || width < 0 || width > 30) {
    return err(`“zipf” takes how many keys there are, from 1 to ${ZIPF_LIMIT}: {{zipf 1000}}.`);
  }
  const weights = Array.from({ length: count }, (_, index) => 1 / (index + 1));
  const draw = drawByWeight(weights);
  return ok((_, chance) => padded(draw(chance) + 1, width));
}

function pick(argument: string): Result<PlaceholderFill, string> {
  const items = argument.split('|').map((item) => item.trim());
  return argument === ''
    ? err('“pick” takes the texts to choose from: {{pick red|green|blue}}.')
    : ok((_, chance) => items[Math.floor(chance.next() * items.length)] ?? '');
}

function weighted(argument: string): Result<PlaceholderFill, string> {
  const items = argument.split('|').map((item) => {
    const colon = item.lastIndexOf(':');
    return { text: item.slice(0, Math.max(colon, 0)).trim(), weight: colon < 0 ? Number.NaN : plainNumber(item.slice(colon + 1).trim()) };
  });
  if (!items.every((item) => item.weight >= 0 && item.weight <= 1e9) || !items.some((item) => item.weight > 0)) {
    return err('“weighted” takes texts, each with its weight: {{weighted card:9|cash:1}}.');
  }
  const draw = drawByWeight(items.map((item) => item.weight));
  return ok((_, chance) => items[draw(chance)]?.text ?? '');
}

/** Draws an index, as often as its weight says; by halving in a table of running sums. */
function drawByWeight(weights: readonly number[]): (chance: RandomStream) => number {
  const sums = new Float64Array(weights.length);
  let total = 0;
  for (const [index, weight] of weights.entries()) {
    total += weight;
    sums[index] = total;
  }
  return (chance) => {
    const drawn = chance.next() * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? total) > drawn) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  };
}

function uuid(chance: RandomStream): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(chance.next() * 16));
  hex[12] = 4;
  hex[16] = 8 + ((hex[16] ?? 0) & 3);
  const text = hex.map((digit) => digit.toString(16)).join('');
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

function padded(value: number, width: number): string {
  const digits = String(Math.abs(value)).padStart(width, '0');
  return value < 0 ? `-${digits}` : digits;
}

/** Null when one of the texts is not a whole number; none for an empty text. */
function wholeNumbers(argument: string): readonly number[] | null {
  const numbers = argument === '' ? [] : argument.split(/\s+/).map(plainNumber);
  return numbers.every(Number.isSafeInteger) ? numbers : null;
}

function plainNumber(text: string): number {
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
}
