/** console: each line goes to the call that wrote it, with its place. */
import { call, log, virtualNow } from './call-record.ts';
import type { RawLog } from './call-record.ts';
import { inspect } from './inspect.ts';
import { createObject, freeze, jsonStringify } from './primordials.ts';
import { currentPlace } from './stack-places.ts';

/** Fills %s, %d, %i, %f, %j, %o, %O, %c and %% of a first text, then joins the rest. */
export function formatLine(args: readonly unknown[]): string {
  const [first, ...rest] = args;
  let used = 0;
  const head =
    typeof first === 'string' && rest.length > 0
      ? first.replace(/%[sdifjoOc%]/g, (mark) => {
          if (mark === '%%') {
            return '%';
          }
          if (used >= rest.length) {
            return mark;
          }
          const value = rest[used];
          used += 1;
          return fill(mark, value);
        })
      : args.length === 0
        ? ''
        : inspect(first);
  const tail = rest.slice(used).map((value) => inspect(value));
  return [head, ...tail].join(' ');
}

function fill(mark: string, value: unknown): string {
  switch (mark) {
    case '%d':
      return typeof value === 'bigint' ? `${value}n` : typeof value === 'object' ? 'NaN' : String(Number(value));
    case '%i':
      return String(Number.parseInt(inspect(value), 10));
    case '%f':
      return String(Number.parseFloat(inspect(value)));
    case '%j':
      return jsonStringify(value) ?? 'undefined';
    case '%c':
      return '';
    default:
      return inspect(value);
  }
}

export function createVirtualConsole(): object {
  const console = createObject(null) as Record<string, unknown>;
  const write = (level: RawLog['level'], args: readonly unknown[]): void => {
    let text: string;
    try {
      text = formatLine(args);
    } catch {
      text = '(a value that cannot be shown: reading it throws)';
    }
    log(level, text, currentPlace());
  };
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    console[level] = (...args: unknown[]) => write(level, args);
  }
  console['trace'] = (...args: unknown[]) => write('debug', args);
  console['dir'] = (value: unknown) => write('log', [value]);
  console['table'] = (value: unknown) => write('log', [value]);
  console['group'] = (...args: unknown[]) => write('log', args);
  console['groupCollapsed'] = console['group'];
  console['groupEnd'] = () => undefined;
  console['assert'] = (condition: unknown, ...args: unknown[]) => {
    if (!condition) {
      write('error', ['Assertion failed:', ...args]);
    }
  };
  const started = (label: unknown): string => `${inspect(label ?? 'default')}: ${virtualNow() - call.startedAt} ms after the call began`;
  console['time'] = () => undefined;
  console['timeLog'] = (label: unknown, ...args: unknown[]) => write('log', [started(label), ...args]);
  console['timeEnd'] = (label: unknown) => write('log', [started(label)]);
  console['count'] = (label: unknown) => write('log', [inspect(label ?? 'default')]);
  console['countReset'] = () => undefined;
  return freeze(console);
}
