/** Reads what a sandbox worker sent. The worker runs hostile code: nothing is taken on trust, and sizes are limited. */
import { unpackFrames } from '../../base/frames.ts';
import type { RawError, RawFetch, RawLog, RawPlace } from '../worker/call-record.ts';
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
  | AnswerMessage;

const MAX_REPLY_BYTES = 512 * 1024 * 1024;
const MAX_DETAILS = 64 * 1024 * 1024;
const MAX_TEXT = 20_000;
const MAX_ITEMS = 100_000;

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
  return bad ? null : { index: item['index'], error, stuck: item['stuck'] === true, extraMillis: item['extraMillis'], logs, fetches };
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
  return { level, text: item['text'], message: item['message'], place: readPlace(item['place']) };
}

function readFetch(value: unknown): RawFetch | null {
  const item = fields(value);
  if (item === null || !isText(item['method']) || !isText(item['url']) || !isCount(item['status']) || !isMillis(item['latencyMillis'])) {
    return null;
  }
  const stub = isText(item['stub']) ? item['stub'] : null;
  return { method: item['method'], url: item['url'], status: item['status'], latencyMillis: item['latencyMillis'], stub };
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
