import { expect, test } from 'vitest';
import type { EndpointDefinition } from '../../src/model/module.ts';
import { attemptLimit, giveUpMessage, nextAttempt } from '../../src/runtime/transport.ts';
import { typename } from '../../src/base/ids.ts';
import { ASYNC_ENDPOINT } from '../support/engine-driver.ts';

const timeouts = { call: 1000, connect: 1000, read: 300, write: 1000 };
const ASYNC: EndpointDefinition = { ...ASYNC_ENDPOINT, timeouts };
const OKHTTP: EndpointDefinition = { ...ASYNC_ENDPOINT, transport: 'okhttp', timeouts };
const failed = (elapsed: number, tries: number) => ({ reason: { type: 'refused' } as const, elapsed, tries, resends: 0, bootstrap: false });

test('S62: async makes no attempt in the last millisecond of its budget: it fails when its pause is over', () => {
  expect(nextAttempt(ASYNC, failed(0, 1))).toEqual({ type: 'retry', afterMillis: 4 });
  expect(nextAttempt(ASYNC, failed(994, 1))).toEqual({ type: 'retry', afterMillis: 4 });
  expect(nextAttempt(ASYNC, failed(995, 1))).toEqual({ type: 'give-up', afterMillis: 4 });
  expect(nextAttempt(ASYNC, failed(998, 1))).toEqual({ type: 'give-up', afterMillis: 2 });
  expect(nextAttempt(ASYNC, failed(999, 1))).toEqual({ type: 'give-up', afterMillis: 0 });
  expect(nextAttempt(ASYNC, failed(100, 10))).toEqual({ type: 'give-up', afterMillis: 900 });
});

test('S62: okhttp makes one at the deadline, and none after it', () => {
  expect(nextAttempt(OKHTTP, failed(0, 1))).toEqual({ type: 'retry', afterMillis: 10 });
  expect(nextAttempt(OKHTTP, failed(995, 1))).toEqual({ type: 'retry', afterMillis: 5 });
  expect(nextAttempt(OKHTTP, failed(1000, 9))).toEqual({ type: 'give-up', afterMillis: 0 });
});

test('S61: a connection that OkHttp opens for a first request is not replaced when it is dropped', () => {
  const dropped = { reason: { type: 'dropped' } as const, elapsed: 5, tries: 1, resends: 0 };
  expect(nextAttempt(OKHTTP, { ...dropped, bootstrap: false })).toEqual({ type: 'resend', afterMillis: 1 });
  expect(nextAttempt(OKHTTP, { ...dropped, bootstrap: false, resends: 2 })).toEqual({ type: 'retry', afterMillis: 10 });
  expect(nextAttempt(OKHTTP, { ...dropped, bootstrap: true })).toEqual({ type: 'retry', afterMillis: 10 });
});

test('S63: an attempt of async may take what is left of the budget, one of okhttp its read time-out or the budget anew', () => {
  expect([0, 700, 995].map((elapsed) => attemptLimit(ASYNC, elapsed))).toEqual([1000, 300, 10]);
  expect([0, 700, 995].map((elapsed) => attemptLimit(OKHTTP, elapsed))).toEqual([300, 300, 300]);
  expect(attemptLimit({ ...OKHTTP, timeouts: { ...timeouts, read: 0 } }, 700)).toBe(1000);
});

test('S61, S65: what the job dies of is in the words of the transport', () => {
  const words = (endpoint: EndpointDefinition, status: number) =>
    giveUpMessage(typename('ns/name'), 'x/y', endpoint, { type: 'http-status', status });
  const head = 'Failure forwarding a message to a remote function Address(ns, name, x/y): ';
  expect(words(ASYNC, 404)).toBe(`${head}RequestTimeoutException`);
  expect(words(OKHTTP, 404)).toBe(`${head}Non successful HTTP response code 404`);
  expect(words(OKHTTP, 429)).toBe(`${head}Maximal request time has elapsed. Last known error is: invalid HTTP response code 429`);
  expect(words(OKHTTP, 407)).toBe(`${head}Maximal request time has elapsed. Last cause is attached`);
});
