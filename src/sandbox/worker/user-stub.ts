/** Stubs written in TypeScript: `export const stub = { method, url, respond(request) {…} }`, or a list of such as `stubs` (docs/stubs.md). */
import { bodyJson } from './stub-answer.ts';
import type { Stub, StubAnswer } from './stub-answer.ts';
import { createObject, isArray, jsonStringify, NativeTypeError } from './primordials.ts';
import { peekBody } from './http-message.ts';
import type { Request } from './http-message.ts';
import type { StubUse } from './call-record.ts';

interface UserStub {
  readonly method: string;
  readonly url: string;
  readonly respond: (request: object) => unknown;
}

export interface StubFault {
  readonly message: string;
  /** A text of the source to point at. */
  readonly near: string | null;
  /** The file exports no stub at all: fine for one that other files import. */
  readonly none: boolean;
}

/** The stubs that a module exports, and what is wrong with them. */
export function stubsOfModule(file: string, exported: unknown): { readonly stubs: readonly Stub[]; readonly faults: readonly StubFault[] } {
  const stubs: Stub[] = [];
  const faults: StubFault[] = [];
  try {
    const holder = exported as { readonly stub?: unknown; readonly stubs?: unknown };
    const listed: unknown[] = holder.stub === undefined ? [] : [holder.stub];
    if (isArray(holder.stubs)) {
      listed.push(...(holder.stubs as unknown[]));
    }
    for (const candidate of listed) {
      const fault = faultOf(candidate);
      if (fault === null) {
        stubs.push(bindStub(file, candidate as UserStub));
      } else {
        const { url } = candidate as { readonly url?: unknown };
        faults.push({ message: fault, near: typeof url === 'string' ? url : null, none: false });
      }
    }
    if (listed.length === 0 && !isArray(holder.stubs)) {
      faults.push({
        message: 'A stub file exports `stub` ({ method, url, respond }) or a list of such as `stubs`.',
        near: null,
        none: true,
      });
    }
  } catch {
    faults.push({ message: 'The exports of this file cannot be read: reading them throws.', near: null, none: false });
  }
  return { stubs, faults };
}

function faultOf(candidate: unknown): string | null {
  if (typeof candidate !== 'object' || candidate === null) {
    return 'A stub is an object { method, url, respond }.';
  }
  const { method, url, respond } = candidate as Partial<UserStub>;
  if (typeof url !== 'string' || url === '') {
    return 'A stub needs `url`: the whole URL, with * for any text.';
  }
  if (method !== undefined && typeof method !== 'string') {
    return 'The `method` of a stub is a name such as GET, or "*".';
  }
  return typeof respond === 'function' ? null : 'A stub needs a function `respond(request)` that returns { status, body }.';
}

function bindStub(file: string, stub: UserStub): Stub {
  const { method = '*', url, respond } = stub;
  return {
    file,
    method,
    url,
    answer: async (request, use) => readAnswer(await respond.call(stub, describeRequest(request, use))),
  };
}

function describeRequest(request: Request, { turn, attempt }: StubUse): object {
  const url = new URL(request.url);
  const query = createObject(null) as Record<string, string>;
  url.searchParams.forEach((value, name) => {
    query[name] ??= value;
  });
  const headers = createObject(null) as Record<string, string>;
  request.headers.forEach((value, name) => {
    headers[name] = value;
  });
  return {
    method: request.method,
    url: request.url,
    path: url.pathname,
    query,
    headers,
    body: peekBody(request) ?? '',
    json: bodyJson(request),
    turn,
    attempt,
  };
}

function readAnswer(answer: unknown): StubAnswer {
  if (typeof answer !== 'object' || answer === null) {
    throw new NativeTypeError('respond() of a stub returns an object { status, headers, body, latencyMillis, fail }');
  }
  const {
    status = 200,
    headers = {},
    body = '',
    latencyMillis = 0,
    fail = null,
  } = answer as { status?: unknown; headers?: unknown; body?: unknown; latencyMillis?: unknown; fail?: unknown };
  if (typeof status !== 'number' || !(status >= 200 && status <= 599)) {
    throw new NativeTypeError('The `status` of a stub is a number from 200 to 599');
  }
  if (typeof latencyMillis !== 'number' || !(latencyMillis >= 0)) {
    throw new NativeTypeError('The `latencyMillis` of a stub is a number of milliseconds, 0 or more');
  }
  if (fail !== null && fail !== 'network' && fail !== 'timeout') {
    throw new NativeTypeError("The `fail` of a stub is 'network' or 'timeout'");
  }
  const isText = typeof body === 'string';
  return {
    status,
    headers: { 'content-type': isText ? 'text/plain;charset=UTF-8' : 'application/json', ...(headers as Record<string, string>) },
    body: isText ? body : (jsonStringify(body) ?? ''),
    latencyMillis,
    fail,
  };
}
