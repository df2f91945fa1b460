/** Shapes of single values: texts, numbers, words, durations. */
import { isScalar } from 'yaml';
import { filePath, typename } from '../../base/ids.ts';
import type { FilePath, Typename } from '../../base/ids.ts';
import { checkComponentId, checkTypename } from '../../model/typename-rules.ts';
import { parseDuration } from '../../module-yaml/duration.ts';
import { nearest } from '../../base/nearest.ts';
import { BAD, kindOf } from './shape.ts';
import type { Bad, Reading, Shape, ValueNode } from './shape.ts';

function scalarValue({ node }: ValueNode): unknown {
  return isScalar(node) ? node.value : undefined;
}

function refuse(value: ValueNode, name: string, reading: Reading, wanted: string): Bad {
  return reading.report('scenario-bad-value', `${name} is ${kindOf(value)}: write ${wanted}.`, value.range);
}

/** A text as YAML gives it. Numbers and `true` need quotes, so that none is changed on the way. */
export function text(options: { readonly empty?: boolean } = {}): Shape<string> {
  const { empty = true } = options;
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      if (typeof found === 'string') {
        return found !== '' || empty ? found : refuse(value, name, reading, 'a text that is not empty');
      }
      const source = isScalar(value.node) && value.node.value !== null ? value.node.source : undefined;
      return refuse(value, name, reading, source === undefined ? 'a text' : `it in quotes, '${source}', since it has to be a text`);
    },
    schema: () => ({ type: 'string', ...(empty ? {} : { minLength: 1 }) }),
  };
}

/** A text with a rule beyond JSON Schema's reach. `fault` ends the sentence that the name begins. */
function checkedText<T>(make: (found: string) => T, fault: (found: string) => string | null): Shape<T> {
  const inner = text({ empty: false });
  return {
    read(value, name, reading) {
      const found = inner.read(value, name, reading);
      if (found === BAD) {
        return BAD;
      }
      const wrong = fault(found);
      return wrong === null ? make(found) : reading.report('scenario-bad-value', `${name}: ${wrong}`, value.range);
    },
    schema: inner.schema,
  };
}

export function functionName(): Shape<Typename> {
  return checkedText(typename, checkTypename);
}

export function componentId(): Shape<Typename> {
  return checkedText(typename, checkComponentId);
}

/** A path inside the project. */
export function projectFile(): Shape<FilePath> {
  return checkedText(filePath, (found) =>
    found.startsWith('/') || found.includes('\\') || found.split('/').some((part) => part === '' || part === '.' || part === '..')
      ? `“${found}” is no path inside the project: write it from the project's folder on, such as functions/greet.ts.`
      : null,
  );
}

export function base64Text(): Shape<string> {
  const inner = text();
  return {
    read(value, name, reading) {
      const found = inner.read(value, name, reading);
      return found === BAD || (found.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(found))
        ? found
        : refuse(value, name, reading, 'base64: letters, digits, + and /, padded with = to a multiple of four characters');
    },
    schema: () => ({ type: 'string', pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' }),
  };
}

export function whole(minimum: number, maximum: number): Shape<number> {
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      return typeof found === 'number' && Number.isSafeInteger(found) && found >= minimum && found <= maximum
        ? found
        : refuse(value, name, reading, `a whole number from ${minimum} to ${maximum}`);
    },
    schema: () => ({ type: 'integer', minimum, maximum }),
  };
}

export function positive(maximum: number): Shape<number> {
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      return typeof found === 'number' && found > 0 && found <= maximum
        ? found
        : refuse(value, name, reading, `a number above 0, at most ${maximum}`);
    },
    schema: () => ({ type: 'number', exclusiveMinimum: 0, maximum }),
  };
}

export function yesNo(): Shape<boolean> {
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      return typeof found === 'boolean' ? found : refuse(value, name, reading, 'true or false');
    },
    schema: () => ({ type: 'boolean' }),
  };
}

/** A key that is there or not; `false` would only raise the question of what it means. */
export function flag(): Shape<true> {
  return {
    read: (value, name, reading) => (scalarValue(value) === true ? true : refuse(value, name, reading, 'true, or leave it out')),
    schema: () => ({ const: true }),
  };
}

export function word<const W extends string>(...words: readonly W[]): Shape<W> {
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      const same = words.find((candidate) => candidate === found);
      if (same !== undefined) {
        return same;
      }
      const meant = typeof found === 'string' ? nearest(found, words) : null;
      return refuse(value, name, reading, meant ?? (words.length === 1 ? (words[0] ?? '') : `one of ${words.join(', ')}`));
    },
    schema: () => (words.length === 1 ? { const: words[0] ?? '' } : { enum: words }),
  };
}

/** One of the words of several lists. */
export function wordsOfLevel(lists: Readonly<Record<string, readonly string[]>>): Shape<string> {
  return word(...Object.values(lists).flat());
}

const UNITS = 'd|day|days|h|hour|hours|min|m|minute|minutes|s|sec|secs|second|seconds|ms|milli|millis|millisecond|milliseconds';
const DURATION = new RegExp(`^[0-9]{1,8} ?(${UNITS})$`);

/** A duration as in module.yaml, with its unit: `5 s`, `30 d`. Virtual time counts milliseconds, so there is none below. */
export function duration(minimumMillis: number): Shape<number> {
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      if (typeof found === 'number') {
        return refuse(value, name, reading, `a number with its unit, such as ${found} ms or ${found} s`);
      }
      const read = typeof found === 'string' && DURATION.test(found) ? parseDuration(found) : null;
      if (read?.ok !== true) {
        return refuse(value, name, reading, 'a whole number of at most 8 digits and one unit (d, h, min, s, ms), such as 5 s');
      }
      return read.value >= minimumMillis ? read.value : refuse(value, name, reading, `at least ${minimumMillis} ms`);
    },
    // A minimum of 1 ms means: not only zeros.
    schema: () => ({ type: 'string', pattern: `^${minimumMillis > 0 ? '(?!0+ ?[a-z])' : ''}[0-9]{1,8} ?(${UNITS})$` }),
  };
}

const INSTANT = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{3}))?Z$/;

/** A moment in UTC, as milliseconds since 1970. */
export function instant(): Shape<number> {
  return {
    read(value, name, reading) {
      const found = scalarValue(value);
      const millis = typeof found === 'string' ? instantMillis(found) : null;
      return millis ?? refuse(value, name, reading, 'a moment in UTC such as 2026-01-01T00:00:00Z');
    },
    schema: () => ({ type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{3})?Z$' }),
  };
}

/** Counted by hand: the core has no Date. */
function instantMillis(found: string): number | null {
  const parts = INSTANT.exec(found)
    ?.slice(1)
    .map((part) => Number(part ?? 0));
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0] = parts ?? [];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (parts === undefined || year < 1970 || day < 1 || day > (lengths[month - 1] ?? 0) || hour > 23 || minute > 59 || second > 59) {
    return null;
  }
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) - 477;
  const days = (year - 1970) * 365 + leapDays + lengths.slice(0, month - 1).reduce((sum, length) => sum + length, 0) + day - 1;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000 + milli;
}
