/** fetch, answered by the project's stubs after their latency on the virtual clock; there is no network behind it. */
import { clip, recordFetch, virtualNow } from './call-record.ts';
import { apply, fix, NativePromise, NativeTypeError } from './primordials.ts';
import { findStub } from './stub-answer.ts';
import type { Stub, StubAnswer } from './stub-answer.ts';
import { Headers, Request, Response } from './http-message.ts';
import type { RequestInit } from './http-message.ts';
import { AbortController, AbortSignal } from './virtual-abort.ts';
import { after, cancelTimer, noteLastingWork } from './virtual-clock.ts';

let stubs: readonly Stub[] = [];

export function setStubs(list: readonly Stub[]): void {
  stubs = list;
}

function missingStub(request: Request): TypeError {
  const rule = `- url: ${request.url.replace(/\?.*$/, '*')}\n  method: ${request.method}\n  status: 200\n  body: {}`;
  return new NativeTypeError(
    `fetch failed: no stub answers ${request.method} ${request.url}. Add a file such as stubs/service.yaml with\n${rule}`,
  );
}

async function virtualFetch(input: unknown, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { signal } = request;
  const aborter = signal instanceof AbortSignal ? signal : null;
  aborter?.throwIfAborted();
  const stub = findStub(stubs, request);
  const begun = virtualNow();
  const record = (status: number): void =>
    recordFetch({
      method: clip(request.method),
      url: clip(request.url),
      status,
      latencyMillis: virtualNow() - begun,
      stub: stub?.file ?? null,
    });
  if (stub === null) {
    record(0);
    throw missingStub(request);
  }
  const answer = await stub.answer(request);
  await delay(answer.latencyMillis, aborter, () => record(0));
  if (answer.fail) {
    record(0);
    throw new NativeTypeError(`fetch failed: the stub ${stub.file} says that the connection to ${request.url} broke`);
  }
  record(answer.status);
  return respond(answer, request);
}

function respond(answer: StubAnswer, request: Request): Response {
  const init = { status: answer.status, headers: answer.headers, url: request.url };
  // 204 and 304 have no body.
  return new Response(answer.status === 204 || answer.status === 304 ? null : answer.body, init);
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
    noteLastingWork();
    return apply(virtualFetch, undefined, args);
  });
  fix(target, 'Headers', Headers);
  fix(target, 'Request', Request);
  fix(target, 'Response', Response);
  fix(target, 'AbortController', AbortController);
  fix(target, 'AbortSignal', AbortSignal);
}
