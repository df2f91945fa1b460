/** What a stub rule (data) or a stub function (the project's TypeScript) answers to a request. */
import type { JsonValue } from '../../base/json.ts';
import type { StubRule } from '../stub-rule.ts';
import { arrayPush, createObject, isArray, jsonParse, jsonStringify } from './primordials.ts';
import { peekBody } from './http-message.ts';
import type { Request } from './http-message.ts';

export interface StubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly latencyMillis: number;
  readonly fail: boolean;
}

/** A stub of the project, in the order in which requests try them. */
export interface Stub {
  readonly file: string;
  readonly method: string;
  readonly url: string;
  readonly answer: (request: Request) => Promise<StubAnswer>;
}

/** `*` stands for any run of characters; everything else for itself. Linear in the length of the text for each star. */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  if (parts.length === 1) {
    return pattern === text;
  }
  const last = parts[parts.length - 1] ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) {
    return false;
  }
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found === -1 || found + part.length > text.length - last.length) {
      return false;
    }
    at = found + part.length;
  }
  return true;
}

export function findStub(stubs: readonly Stub[], request: Request): Stub | null {
  for (const stub of stubs) {
    const methodFits = stub.method === '*' || stub.method.toUpperCase() === request.method;
    // "https://host" and "https://host/" are one URL.
    if (methodFits && (matchesPattern(stub.url, request.url) || matchesPattern(`${stub.url}/`, request.url))) {
      return stub;
    }
  }
  return null;
}

export function stubOfRule(file: string, rule: StubRule): Stub {
  return {
    file,
    method: rule.method ?? '*',
    url: rule.url,
    answer: async (request) => {
      const filled = rule.body === undefined ? '' : fillValue(rule.body, request);
      const isText = typeof filled === 'string';
      return {
        status: rule.status ?? 200,
        headers: { 'content-type': isText ? 'text/plain;charset=UTF-8' : 'application/json', ...rule.headers },
        body: isText ? filled : jsonStringify(filled),
        latencyMillis: rule.latencyMillis ?? 0,
        fail: rule.fail === 'network',
      };
    },
  };
}

function fillValue(value: JsonValue, request: Request): JsonValue {
  if (typeof value === 'string') {
    const whole = /^\{\{\s*([\w.$-]+)\s*\}\}$/.exec(value);
    if (whole !== null) {
      return lookUp(whole[1] ?? '', request) ?? '';
    }
    return value.replace(/\{\{\s*([\w.$-]+)\s*\}\}/g, (_mark, path: string) => {
      const found = lookUp(path, request);
      return found === undefined ? '' : typeof found === 'string' ? found : jsonStringify(found);
    });
  }
  if (isArray(value)) {
    return (value as readonly JsonValue[]).map((item) => fillValue(item, request));
  }
  if (typeof value === 'object' && value !== null) {
    const filled = createObject(null) as Record<string, JsonValue>;
    for (const [key, item] of Object.entries(value)) {
      filled[key] = fillValue(item, request);
    }
    return filled;
  }
  return value;
}

function lookUp(path: string, request: Request): JsonValue | undefined {
  const [root = '', ...keys] = path.split('.');
  const url = new URL(request.url);
  switch (root) {
    case 'query':
      return url.searchParams.get(keys.join('.')) ?? undefined;
    case 'path':
      return segmentsOf(url)[Number(keys[0])];
    case 'body': {
      let value: unknown = bodyJson(request);
      for (const key of keys) {
        value =
          typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
      }
      return value as JsonValue | undefined;
    }
    default:
      return undefined;
  }
}

function segmentsOf(url: URL): string[] {
  const segments: string[] = [];
  for (const part of url.pathname.split('/')) {
    if (part !== '') {
      arrayPush(segments, decodeURIComponent(part));
    }
  }
  return segments;
}

/** The request's body as JSON; undefined where it is not JSON. */
export function bodyJson(request: Request): unknown {
  try {
    return jsonParse(peekBody(request) ?? '') as unknown;
  } catch {
    return undefined;
  }
}
