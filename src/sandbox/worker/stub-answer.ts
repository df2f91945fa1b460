/** What a stub rule (data) or a stub function (the project's TypeScript) answers to a request. */
import type { JsonValue } from '../../base/json.ts';
import { meansRequest } from '../../base/url-pattern.ts';
import type { StubAnswerRule, StubFailureKind, StubRule } from '../../model/stub-rule.ts';
import { virtualNow } from './call-record.ts';
import type { StubUse } from './call-record.ts';
import { arrayPush, createObject, isArray, jsonParse, jsonStringify } from './primordials.ts';
import { peekBody } from './http-message.ts';
import type { Request } from './http-message.ts';
import { uuidOf } from './virtual-random.ts';

export interface StubAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly latencyMillis: number;
  readonly fail: StubFailureKind | null;
}

/** A stub of the project, in the order in which requests try them. */
export interface Stub {
  readonly file: string;
  readonly method: string;
  readonly url: string;
  readonly answer: (request: Request, use: StubUse) => Promise<StubAnswer>;
}

export function findStub(stubs: readonly Stub[], request: Request): Stub | null {
  for (const stub of stubs) {
    if (meansRequest(stub.method, stub.url, request)) {
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
    answer: async (request, use) => {
      const { answers, ...common } = rule;
      const inTurn = answers?.[Math.min(use.turn, answers.length) - 1];
      return answerOf(inTurn === undefined ? common : { ...common, ...inTurn }, request, use);
    },
  };
}

function answerOf(answer: StubAnswerRule, request: Request, use: StubUse): StubAnswer {
  // Always drawn, in this order: what one draw comes to does not move the others.
  const latencyChance = use.random();
  const failureChance = use.random();
  const { latencyMillis = 0 } = answer;
  const latency =
    typeof latencyMillis === 'number'
      ? latencyMillis
      : latencyMillis.from + Math.floor(latencyChance * (latencyMillis.to - latencyMillis.from + 1));
  const failure = failureOf(answer.fail, use.turn, failureChance);
  if (typeof failure === 'number') {
    return { status: failure, headers: { ...answer.headers }, body: '', latencyMillis: latency, fail: null };
  }
  const filled = answer.body === undefined ? '' : fillValue(answer.body, { request, use });
  const isText = typeof filled === 'string';
  return {
    status: answer.status ?? 200,
    headers: { 'content-type': isText ? 'text/plain;charset=UTF-8' : 'application/json', ...answer.headers },
    body: isText ? filled : jsonStringify(filled),
    latencyMillis: latency,
    fail: failure,
  };
}

function failureOf(fail: StubAnswerRule['fail'], turn: number, chance: number): StubFailureKind | number | null {
  if (fail === undefined || typeof fail === 'string') {
    return fail ?? null;
  }
  const { kind, probability, every } = fail;
  const fails = probability !== undefined ? chance < probability : every === undefined || turn % every === 0;
  return fails ? kind : null;
}

interface Asked {
  readonly request: Request;
  readonly use: StubUse;
}

function fillValue(value: JsonValue, asked: Asked): JsonValue {
  if (typeof value === 'string') {
    const whole = /^\{\{\s*([\w.$-]+)\s*\}\}$/.exec(value);
    if (whole !== null) {
      return lookUp(whole[1] ?? '', asked) ?? '';
    }
    return value.replace(/\{\{\s*([\w.$-]+)\s*\}\}/g, (_mark, path: string) => {
      const found = lookUp(path, asked);
      return found === undefined ? '' : typeof found === 'string' ? found : jsonStringify(found);
    });
  }
  if (isArray(value)) {
    return (value as readonly JsonValue[]).map((item) => fillValue(item, asked));
  }
  if (typeof value === 'object' && value !== null) {
    const filled = createObject(null) as Record<string, JsonValue>;
    for (const [key, item] of Object.entries(value)) {
      filled[key] = fillValue(item, asked);
    }
    return filled;
  }
  return value;
}

function lookUp(path: string, { request, use }: Asked): JsonValue | undefined {
  const [root = '', ...keys] = path.split('.');
  const url = new URL(request.url);
  switch (root) {
    case 'method':
      return request.method;
    case 'url':
      return request.url;
    case 'query':
      return url.searchParams.get(keys.join('.')) ?? undefined;
    case 'path':
      return segmentsOf(url)[Number(keys[0])];
    case 'headers':
      return request.headers.get(keys.join('.')) ?? undefined;
    case 'turn':
      return use.turn;
    case 'attempt':
      return use.attempt;
    case 'now':
      return virtualNow();
    case 'random':
      return use.random();
    case 'uuid':
      return uuidOf(use.random);
    case 'text':
      return peekBody(request) ?? '';
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
      arrayPush(segments, decoded(part));
    }
  }
  return segments;
}

/** A part that is no valid encoding stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The request's body as JSON; undefined where it is not JSON. */
export function bodyJson(request: Request): unknown {
  try {
    return jsonParse(peekBody(request) ?? '') as unknown;
  } catch {
    return undefined;
  }
}
