/** Guesses at what was meant by values that the loader refuses or misreads: each gives a text that it takes, or null. */
import { formatDuration, parseNanos } from '../duration.ts';
import { parseStartupDate } from '../startup-date.ts';
import { urlFault } from '../url-check.ts';

const UNIT_MEANT: Readonly<Record<string, string>> = {
  mins: 'min',
  hr: 'h',
  hrs: 'h',
  us: 'µs',
  usec: 'µs',
  usecs: 'µs',
  msec: 'ms',
  msecs: 'ms',
  nsec: 'ns',
  dy: 'd',
  dys: 'd',
};
const WEEK = 7;

/** `90s` for `1m 30s`, `1500 ms` for `1.5s`, `10 s` for `PT10S`, `15 min` for `15mins`. */
export function meantDuration(text: string): string | null {
  const plain = text.trim().replace(/(?<=[0-9])_(?=[0-9])/g, '');
  const iso = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i.exec(plain);
  const parts =
    iso === null
      ? [...plain.matchAll(/(\d+(?:\.\d+)?)\s*([a-zµ]+)/gi)].map((match) => [match[1] ?? '', match[2] ?? ''] as const)
      : (['d', 'h', 'min', 's'] as const).flatMap((unit, index) =>
          iso[index + 1] === undefined ? [] : [[iso[index + 1] ?? '', unit] as const],
        );
  const isWhole = iso !== null || plain.replaceAll(/\d+(?:\.\d+)?\s*[a-zµ]+\s*,?\s*/gi, '') === '';
  if (parts.length === 0 || !isWhole) {
    return null;
  }
  const first = parts[0];
  const renamed = first === undefined ? undefined : UNIT_MEANT[first[1].toLowerCase()];
  if (parts.length === 1 && first !== undefined && renamed !== undefined && /^\d+$/.test(first[0])) {
    return `${first[0]} ${renamed}`;
  }
  const millis = parts.map(([count, unit]) => Number(count) * (millisOf(unit) ?? Number.NaN)).reduce((sum, part) => sum + part, 0);
  const rounded = Math.round(millis);
  return Number.isNaN(millis) || Math.abs(millis - rounded) > 1e-6 || !Number.isSafeInteger(rounded) ? null : formatDuration(rounded);
}

function millisOf(unit: string): number | null {
  const lower = unit.toLowerCase();
  if (/^w(?:eek|eeks|k|ks)?$/.test(lower)) {
    return WEEK * 86_400_000;
  }
  const nanos = parseNanos(`1 ${UNIT_MEANT[lower] ?? lower}`);
  return nanos.ok ? Number(nanos.value) / 1e6 : null;
}

/** The date in the one form that the loader reads; UTC where no zone is written. */
export function meantDate(text: string): string | null {
  const match =
    /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?\s*$/i.exec(
      text,
    );
  if (match === null) {
    return null;
  }
  const two = (index: number) => (match[index] ?? '0').padStart(2, '0');
  const zone = match[8] ?? 'Z';
  const offset = /^[a-z]/i.test(zone) ? '+0000' : zone.replace(':', '').padEnd(5, '0');
  const milli = (match[7] ?? '').slice(0, 3).padEnd(3, '0');
  const date = `${match[1] ?? ''}-${two(2)}-${two(3)} ${two(4)}:${two(5)}:${two(6)}.${milli} ${offset}`;
  return parseStartupDate(date) === null ? null : date;
}

/** The URL without blanks at its ends, with the placeholder as it is written, with a scheme. */
export function meantUrl(url: string, transport: 'async' | 'okhttp', functionName: string): string | null {
  if (url.includes('${')) {
    return null;
  }
  const trimmed = url.trim().replaceAll(/\{\s*(?:function[._-]?)?name\s*\}/gi, '{function.name}');
  const candidates = trimmed.includes('://') ? [trimmed] : [trimmed, `http://${trimmed}`];
  return candidates.find((candidate) => candidate !== url && urlFault(candidate, transport, functionName) === null) ?? null;
}

/** The object that someone meant who wrote its type alone. */
export function meantObject(key: string, text: string): string | null {
  switch (key) {
    case 'startupPosition':
      return /^(?:latest|earliest|group-offsets)$/.test(text) ? `{type: ${text}}` : null;
    case 'deliverySemantic':
      return text === 'exactly-once'
        ? '{type: exactly-once, transactionTimeout: 15 min}'
        : /^(?:at-least-once|none)$/.test(text)
          ? `{type: ${text}}`
          : null;
    case 'awsCredentials':
      return text === 'default' ? '{type: default}' : null;
    case 'awsRegion':
      return text === 'default' ? '{type: default}' : /^[a-z]{2}-[a-z]+-[0-9]$/.test(text) ? `{type: specific, id: ${text}}` : null;
    case 'transport':
      return /^(?:io\.statefun\.transports\.v1\/)?(?:async|okhttp)$/.test(text)
        ? `{type: io.statefun.transports.v1/${text.replace(/^.*\//, '')}}`
        : null;
    default:
      return null;
  }
}
