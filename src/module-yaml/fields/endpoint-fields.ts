/** What both endpoint kinds share: the pattern of functions, the URL, and okhttp's timeouts. */
import { durationLabel } from '../../model/duration-label.ts';
import type { EndpointDefinition } from '../../model/module.ts';
import { pairOf, scalarText, type PairNode } from '../source/source-node.ts';
import { splitTypename } from '../typename-text.ts';
import { urlFault } from '../url-check.ts';
import { quoteText } from '../write/scalar-writer.ts';
import { meantUrl } from './meant.ts';
import { readDuration } from './duration-field.ts';
import { fail, keyRange, pathText, readText, replaceWith, warn, type FieldPath, type SpecContext } from './spec-context.ts';

/** Below about 24.8 days: okhttp keeps milliseconds in an int. */
const OKHTTP_MAX = 2_147_483_647;

export type Timeouts = EndpointDefinition['timeouts'];

export function readPattern(context: SpecContext, strict: boolean): EndpointDefinition['pattern'] | null {
  const value = readText(context, context.spec, 'functions', ['functions'], {
    required: 'write namespace/* for a whole namespace, or namespace/name for one function.',
    nullFails: true,
    strict,
  });
  if (value === null) {
    return null;
  }
  const text = scalarText(value);
  const parts = splitTypename(text);
  const star = parts !== null && (parts.namespace.includes('*') || (parts.name.includes('*') && parts.name !== '*'));
  if (parts === null || star) {
    fail(
      context,
      parts === null ? 'bad-typename' : 'bad-pattern',
      star
        ? `“${text}”: a * may only stand for the whole name. Write namespace/* or namespace/name.`
        : `“${text}” is not of the form namespace/name or namespace/*.`,
      { at: value, field: ['functions'], moment: 'load' },
    );
    return null;
  }
  return parts;
}

/** `pattern`: whose functions are called there. */
export function readUrl(
  context: SpecContext,
  transport: 'async' | 'okhttp',
  strict: boolean,
  pattern: EndpointDefinition['pattern'] | null,
): string | null {
  const path = ['urlPathTemplate'];
  const written = pairOf(context.spec.value, 'urlPathTemplate')?.value;
  if (!strict && written !== undefined && written.type !== 'scalar') {
    const found = written.type === 'list' ? 'a list' : 'a map';
    fail(context, 'wrong-type', `urlPathTemplate is ${found}, but must be a text: write the address in quotes.`, {
      at: written,
      field: path,
      moment: 'call',
    });
    return null;
  }
  const value = readText(context, context.spec, 'urlPathTemplate', path, {
    required: 'write the address of the function server, such as http://functions:8000/statefun.',
    nullFails: true,
    strict,
  });
  if (value === null) {
    return null;
  }
  const url = scalarText(value);
  const name = pattern === null || pattern.name === '*' ? 'name' : pattern.name;
  const fault = urlFault(url, transport, name);
  if (fault !== null) {
    const meant = meantUrl(url, transport, name);
    const fix = meant === null || value.style === 'block' ? {} : { fix: replaceWith(`Write ${meant}`, value, quoteText(meant)) };
    const about = urlFault(url, transport) === null ? `With the name of the function, “${name}”, the URL` : 'The URL';
    fail(context, 'bad-url', `${about} cannot be called. ${fault}`, { at: value, field: path, moment: 'call', ...fix });
  } else if (transport === 'async' && !/^https?:/i.test(url)) {
    warn(
      context,
      'bad-url',
      `Anything but https is spoken to as plain HTTP, ${url.slice(0, url.indexOf(':'))} too: write http:// or https://.`,
      {
        at: value,
        field: path,
      },
    );
  }
  return url;
}

/** okhttp's rules: each more than 0, none but call longer than call, defaults included. */
export function readOkhttpTimeouts(context: SpecContext, parent: PairNode | null, path: FieldPath): Timeouts {
  const read = (key: string, fallback: number): number => {
    const value = parent === null ? undefined : readDuration(context, parent, key, [...path, key], { moment: 'call', positive: true });
    if (typeof value === 'number' && value > OKHTTP_MAX && parent !== null) {
      fail(context, 'bad-duration', `${pathText([...path, key])} is too large: okhttp takes less than 24.8 days.`, {
        at: keyRange(parent),
        field: [...path, key],
        moment: 'call',
      });
    }
    return value ?? fallback;
  };
  const timeouts = {
    call: read('call', 60_000),
    connect: read('connect', 10_000),
    read: read('read', 10_000),
    write: read('write', 10_000),
  };
  if (parent !== null) {
    const longer = (['connect', 'read', 'write'] as const).filter((key) => timeouts[key] > timeouts.call);
    if (longer.length > 0) {
      const named = longer.map((key) => {
        const byDefault = pairOf(parent.value, key) === null ? ' by default' : '';
        return `${key} (${durationLabel(timeouts[key])}${byDefault})`;
      });
      const call = durationLabel(timeouts.call);
      const verb = longer.length > 1 ? 'are' : 'is';
      const instead = longer.map((key) => `${key}: ${call}`).join(', ');
      const message = `${listed(named)} ${verb} longer than call (${call}), which okhttp does not take: write ${instead} or less, or a longer call.`;
      fail(context, 'timeout-order', message, { at: keyRange(parent), field: path, moment: 'call' });
    }
  }
  return timeouts;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
