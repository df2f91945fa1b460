/** fetch, answered by the project's stubs after their latency on the virtual clock; there is no network behind it. */
import { askStub, clip, isWatched, log, recordFetch, refuseWhileReading, virtualNow } from './call-record.ts';
import type { RawFetch, RawPlace } from './call-record.ts';
import { apply, fix, jsonStringify, NativePromise, NativeTypeError } from './primordials.ts';
import { findStub } from './stub-answer.ts';
import type { Stub, StubAnswer } from './stub-answer.ts';
import { Headers, peekBody, Request, Response } from './http-message.ts';
import type { RequestInit } from './http-message.ts';
import { AbortController, AbortSignal } from './virtual-abort.ts';
import { currentPlace } from './stack-places.ts';
import { after, cancelTimer, noteLastingWork } from './virtual-clock.ts';

let stubs: readonly Stub[] = [];

export function setStubs(list: readonly Stub[]): void {
  stubs = list;
}

function missingStub(request: Request): TypeError {
  const url = request.url.replace(/\?[^]*$/, '?*');
  return new NativeTypeError(
    `fetch failed: no stub answers ${request.method} ${request.url}. Add a rule to a file such as stubs/service.yaml: - { method: ${request.method}, url: ${jsonStringify(url)}, body: {} }`,
  );
}

async function virtualFetch(input: unknown, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { signal } = request;
  const aborter = signal instanceof AbortSignal ? signal : null;
  aborter?.throwIfAborted();
  const stub = findStub(stubs, request);
  const begun = virtualNow();
  // Looking at the stack takes as long as many a handler.
  const place = stub === null || isWatched() ? currentPlace() : null;
  if (stub === null) {
    noteUnanswered(request, place);
    throw missingStub(request);
  }
  const record = (status: number): void =>
    recordFetch(
      { method: clip(request.method), url: clip(request.url), status, latencyMillis: virtualNow() - begun, stub: stub.file },
      place,
    );
  const answer = await stub.answer(request, askStub(stub));
  if (answer.fail === 'timeout') {
    log('warn', `${request.method} ${request.url}: ${stub.file} lets this request wait for ever.`, place);
    await never(aborter, () => record(0));
  }
  await delay(answer.latencyMillis, aborter, () => record(0));
  if (answer.fail === 'network') {
    record(0);
    throw new NativeTypeError(`fetch failed: the stub ${stub.file} says that the connection to ${request.url} broke`);
  }
  record(answer.status);
  return respond(answer, request);
}

/** Also where the function does without an answer, it is said that none was given. */
function noteUnanswered(request: Request, place: RawPlace | null): void {
  const body = peekBody(request);
  const unanswered: RawFetch = {
    method: clip(request.method),
    url: clip(request.url),
    status: 0,
    latencyMillis: 0,
    stub: null,
    body: body === null ? null : clip(body),
  };
  recordFetch(unanswered, place);
  log('warn', `No stub answers ${unanswered.method} ${unanswered.url}.`, place, unanswered);
}

function respond(answer: StubAnswer, request: Request): Response {
  const init = { status: answer.status, headers: answer.headers, url: request.url };
  // 204 and 304 have no body.
  return new Response(answer.status === 204 || answer.status === 304 ? null : answer.body, init);
}

/** Ends only when the function gives up waiting. */
function never(signal: AbortSignal | null, onAbort: () => void): Promise<never> {
  return new NativePromise((_resolve, reject) => {
    signal?.addEventListener('abort', () => {
      onAbort();
      reject(signal.reason as Error);
    });
  });
}

function delay(millis: number, signal: AbortSignal | null, onAbort: () => void): Promise<void> {
  return new NativePromise((resolve, reject) => {
    const timer = after(millis, resolve, 'A request');
    signal?.addEventListener('abort', () => {
      cancelTimer(timer);
      onAbort();
      reject(signal.reason as Error);
    });
  });
}

export function installFetch(target: object): void {
  fix(target, 'fetch', function fetch(...args: unknown[]) {
    refuseWhileReading('fetch');
    noteLastingWork();
    return apply(virtualFetch, undefined, args);
  });
  fix(target, 'Headers', Headers);
  fix(target, 'Request', Request);
  fix(target, 'Response', Response);
  fix(target, 'AbortController', AbortController);
  fix(target, 'AbortSignal', AbortSignal);
}
