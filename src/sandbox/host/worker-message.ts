/** Reads what a sandbox worker sent. The worker runs hostile code: nothing is taken on trust, and sizes are limited. */
import { unpackFrames } from '../../base/frames.ts';
import type { RawError, RawFetch, RawLog, RawPlace } from '../worker/call-record.ts';
import type { RawMark, RawMarkType, RawObservation } from '../worker/probe.ts';
import type { RawStallType } from '../worker/stall-probe.ts';
import type { CallDetails, RawFunction, RawProblem, RawReport } from '../wire.ts';

export interface AnswerMessage {
  readonly type: 'answered';
  readonly batch: number;
  readonly from: number;
  readonly replies: readonly Uint8Array[];
  /** By index in the batch. */
  readonly details: ReadonlyMap<number, CallDetails>;
}

export type CheckedMessage =
  | { readonly type: 'loading'; readonly file: number }
  | { readonly type: 'loaded'; readonly report: RawReport }
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'rejected'; readonly error: RawError }
  | { readonly type: 'at'; readonly stall: RawStallType; readonly point: number; readonly sure: boolean }
  | AnswerMessage;

const MAX_REPLY_BYTES = 512 * 1024 * 1024;
const MAX_DETAILS = 64 * 1024 * 1024;
const MAX_TEXT = 20_000;
const MAX_ITEMS = 100_000;
const markTypes: readonly RawMarkType[] = [
  'log',
  'logpoint',
  'state-read',
  'state-write',
  'send',
  'send-after',
  'cancel',
  'egress',
  'fetch',
  'branch',
];

const stallTypes: readonly RawStallType[] = ['loop', 'calls', 'statement'];

type Fields = Readonly<Record<string, unknown>>;

/** Null when it is not a message that the harness would send. */
export function readWorkerMessage(data: unknown): CheckedMessage | null {
  const message = fields(data);
  switch (message?.['type']) {
    case 'loading':
      return isCount(message['file']) ? { type: 'loading', file: message['file'] } : null;
    case 'loaded': {
      const report = readReport(message['report']);
      return report === null ? null : { type: 'loaded', report };
    }
    case 'broken':
      return isText(message['message']) ? { type: 'broken', message: message['message'] } : null;
    case 'rejected': {
      const error = readError(message['error']);
      return error === null ? null : { type: 'rejected', error };
    }
    case 'at': {
      const stall = stallTypes.find((known) => known === message['stall']);
      return stall !== undefined && isCount(message['point'])
        ? { type: 'at', stall, point: message['point'], sure: message['sure'] === true }
        : null;
    }
    case 'answered':
      return readAnswer(message);
    default:
      return null;
  }
}

function readAnswer(message: Fields): AnswerMessage | null {
  const { batch, from, frames, details } = message;
  if (!isCount(batch) || !isCount(from) || !(frames instanceof Uint8Array) || frames.byteLength > MAX_REPLY_BYTES) {
    return null;
  }
  const replies = unpackFrames(frames);
  const listed = details === null ? [] : typeof details === 'string' && details.length <= MAX_DETAILS ? parseList(details) : null;
  const checked = listed === null ? null : list(listed, readDetails);
  if (replies === null || checked === null) {
    return null;
  }
  return { type: 'answered', batch, from, replies, details: new Map(checked.map((item) => [item.index, item])) };
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readDetails(value: unknown): CallDetails | null {
  const item = fields(value);
  if (item === null || !isCount(item['index']) || !isMillis(item['extraMillis'])) {
    return null;
  }
  const error = item['error'] === null ? null : readError(item['error']);
  const logs = item['logs'] === null ? null : list(item['logs'], readLog);
  const fetches = item['fetches'] === null ? null : list(item['fetches'], readFetch);
  const bad =
    (item['error'] !== null && error === null) ||
    (item['logs'] !== null && logs === null) ||
    (item['fetches'] !== null && fetches === null);
  if (bad) {
    return null;
  }
  const waits = item['waits'] === undefined ? undefined : list(item['waits'], (point) => (isCount(point) ? point : null));
  if (waits === null) {
    return null;
  }
  const details = {
    index: item['index'],
    error,
    stuck: item['stuck'] === true,
    extraMillis: item['extraMillis'],
    logs,
    fetches,
    ...(waits === undefined ? {} : { waits }),
  };
  if (item['observed'] === undefined) {
    return details;
  }
  const observed = readObservation(item['observed']);
  return observed === null ? null : { ...details, observed };
}

function readObservation(value: unknown): RawObservation | null {
  const item = fields(value);
  const reached = list(item?.['reached'], (point) => (isCount(point) ? point : null));
  const marks = list(item?.['marks'], readMark);
  return reached === null || marks === null ? null : { reached, marks };
}

function readMark(value: unknown): RawMark | null {
  const item = fields(value);
  const type = markTypes.find((known) => known === item?.['type']);
  if (item === null || type === undefined || !isText(item['text']) || !isCount(item['message'])) {
    return null;
  }
  const carried = fields(item['value']);
  const { typename, base64 } = carried ?? {};
  return {
    type,
    point: isCount(item['point']) ? item['point'] : null,
    place: readPlace(item['place']),
    text: item['text'],
    value: isText(typename) && isText(base64) ? { typename, base64 } : null,
    message: item['message'],
  };
}

function readError(value: unknown): RawError | null {
  const item = fields(value);
  const stack = list(item?.['stack'], readPlace);
  if (item === null || stack === null || !isText(item['name']) || !isText(item['message'])) {
    return null;
  }
  const index = item['messageIndex'];
  return { name: item['name'], message: item['message'], stack, messageIndex: isCount(index) ? index : null };
}

function readLog(value: unknown): RawLog | null {
  const item = fields(value);
  const level = item?.['level'];
  if (item === null || !isText(item['text']) || !isCount(item['message'])) {
    return null;
  }
  if (level !== 'log' && level !== 'info' && level !== 'warn' && level !== 'error' && level !== 'debug') {
    return null;
  }
  const fetched = item['unanswered'] === undefined ? null : readFetch(item['unanswered']);
  const unanswered = fetched === null ? {} : { unanswered: fetched };
  return { level, text: item['text'], message: item['message'], place: readPlace(item['place']), ...unanswered };
}

function readFetch(value: unknown): RawFetch | null {
  const item = fields(value);
  if (item === null || !isText(item['method']) || !isText(item['url']) || !isCount(item['status']) || !isMillis(item['latencyMillis'])) {
    return null;
  }
  const stub = isText(item['stub']) ? item['stub'] : null;
  const sent = item['body'];
  const body = isText(sent) || sent === null ? { body: sent } : {};
  return { method: item['method'], url: item['url'], status: item['status'], latencyMillis: item['latencyMillis'], stub, ...body };
}

function readPlace(value: unknown): RawPlace | null {
  const item = fields(value);
  return item !== null && isCount(item['file']) && isCount(item['line']) && isCount(item['column'])
    ? { file: item['file'], line: item['line'], column: item['column'] }
    : null;
}

function readReport(value: unknown): RawReport | null {
  const item = fields(value);
  const functions = list(item?.['functions'], readFunction);
  const problems = list(item?.['problems'], readProblem);
  return functions === null || problems === null ? null : { functions, problems };
}

function readFunction(value: unknown): RawFunction | null {
  const item = fields(value);
  const states = list(item?.['states'], (state) => {
    const spec = fields(state);
    return spec !== null && isText(spec['name']) && isText(spec['typename'])
      ? {
          name: spec['name'],
          typename: spec['typename'],
          expireAfterWrite: expiration(spec['expireAfterWrite']),
          expireAfterCall: expiration(spec['expireAfterCall']),
        }
      : null;
  });
  return item !== null && states !== null && isText(item['typename']) && isCount(item['file'])
    ? { typename: item['typename'], file: item['file'], states }
    : null;
}

function expiration(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function readProblem(value: unknown): RawProblem | null {
  const item = fields(value);
  if (item === null || !isText(item['code']) || !isText(item['message']) || !isCount(item['file'])) {
    return null;
  }
  return {
    code: item['code'],
    message: item['message'],
    file: item['file'],
    place: readPlace(item['place']),
    near: isText(item['near']) ? item['near'] : null,
  };
}

function fields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

function list<T>(value: unknown, read: (item: unknown) => T | null): T[] | null {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) {
    return null;
  }
  const items: T[] = [];
  for (const item of value as readonly unknown[]) {
    const checked = read(item);
    if (checked === null) {
      return null;
    }
    items.push(checked);
  }
  return items;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isMillis(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
