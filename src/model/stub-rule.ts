/** Answers of third-party services as data: one rule of a `stubs/*.yaml` file, and what is wrong with a value that should be one. */
import type { JsonValue } from '../base/json.ts';

/** A whole number of virtual milliseconds, or a range from which each answer draws its own. */
export type StubLatency = number | { readonly from: number; readonly to: number };

/** `network`: the connection breaks. `timeout`: no answer ever comes. */
export type StubFailureKind = 'network' | 'timeout';

/** Some of the answers: with a chance between 0 and 1, or each n-th of a call's; all where neither is given. */
export interface SomeFailures {
  /** A number is an HTTP status, answered without a body. */
  readonly kind: StubFailureKind | number;
  readonly probability?: number;
  readonly every?: number;
}

export interface StubAnswerRule {
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text, or a JSON value sent as JSON. Placeholders such as `{{body.amount}}` are replaced (docs/stubs.md). */
  readonly body?: JsonValue;
  /** Until the answer; 0 when absent. */
  readonly latencyMillis?: StubLatency;
  readonly fail?: StubFailureKind | SomeFailures;
}

export interface StubRule extends StubAnswerRule {
  /** Upper case, or `*` for any; any when absent. */
  readonly method?: string;
  /** The whole URL; `*` stands for any run of characters. */
  readonly url: string;
  /** Answers in turn, the last one for all that follow. What an item does not say, the rule says. */
  readonly answers?: readonly StubAnswerRule[];
}

export interface StubFault {
  /** Keys and indices that lead from the rule to the value that is wrong. */
  readonly at: readonly (string | number)[];
  /** The key is wrong, not its value. */
  readonly key?: boolean;
  readonly message: string;
}

const ANSWER_KEYS = ['status', 'headers', 'body', 'latencyMillis', 'fail'];
const RULE_KEYS = ['method', 'url', ...ANSWER_KEYS, 'answers'];
const FAILURE_KEYS = ['kind', 'probability', 'every'];
const YEAR_MILLIS = 31_536_000_000;

/** Names a rule may have, for telling what was meant. */
export const STUB_RULE_KEYS: readonly string[] = RULE_KEYS;

/** What is wrong with a decoded rule; a {@link StubRule} where nothing is. */
export function stubRuleFaults(rule: unknown): readonly StubFault[] {
  if (!isRecord(rule)) {
    return [{ at: [], message: 'A rule has `url:` and what to answer.' }];
  }
  const faults: StubFault[] = [...unknownKeys(rule, RULE_KEYS, [], 'a rule')];
  const { url, method, answers } = rule;
  if (typeof url !== 'string' || url === '') {
    faults.push({ at: url === undefined ? [] : ['url'], message: '`url` is missing: write the whole URL, with * for any text.' });
  }
  if (method !== undefined && !(typeof method === 'string' && /^(\*|[A-Za-z]+)$/.test(method))) {
    faults.push({ at: ['method'], message: '`method` is a name such as GET, or "*" for any.' });
  }
  faults.push(...answerFaults(rule, []));
  if (answers !== undefined && !(Array.isArray(answers) && answers.length > 0)) {
    faults.push({ at: ['answers'], message: '`answers` is a list of answers, given in turn.' });
  }
  for (const [index, answer] of Array.isArray(answers) ? (answers as unknown[]).entries() : []) {
    const at = ['answers', index];
    if (isRecord(answer)) {
      faults.push(...unknownKeys(answer, ANSWER_KEYS, at, 'an answer'), ...answerFaults(answer, at));
    } else {
      faults.push({ at, message: `An answer has ${listed(ANSWER_KEYS)}.` });
    }
  }
  return faults;
}

function answerFaults(answer: Readonly<Record<string, unknown>>, at: StubFault['at']): readonly StubFault[] {
  const faults: StubFault[] = [];
  const { status, headers, latencyMillis, fail } = answer;
  if (status !== undefined && !isWhole(status, 200, 599)) {
    faults.push({ at: [...at, 'status'], message: '`status` is a whole number from 200 to 599.' });
  }
  if (headers !== undefined && !(isRecord(headers) && Object.values(headers).every((value) => typeof value === 'string'))) {
    faults.push({ at: [...at, 'headers'], message: '`headers` holds one text for each header name; put numbers in quotes.' });
  }
  if (latencyMillis !== undefined && !isLatency(latencyMillis)) {
    faults.push({
      at: [...at, 'latencyMillis'],
      message: '`latencyMillis` is a whole number of milliseconds, or a range { from: 20, to: 80 }.',
    });
  }
  if (fail !== undefined) {
    faults.push(...failFaults(fail, [...at, 'fail']));
  }
  return faults;
}

function failFaults(fail: unknown, at: StubFault['at']): readonly StubFault[] {
  if (fail === 'network' || fail === 'timeout') {
    return [];
  }
  if (!isRecord(fail)) {
    return [{ at, message: '`fail` is network, timeout, or { kind: network, probability: 0.1 }.' }];
  }
  const faults: StubFault[] = [...unknownKeys(fail, FAILURE_KEYS, at, '`fail`')];
  const { kind, probability, every } = fail;
  if (kind !== 'network' && kind !== 'timeout' && !isWhole(kind, 200, 599)) {
    faults.push({
      at: kind === undefined ? at : [...at, 'kind'],
      message: '`kind` of `fail` is network, timeout or an HTTP status such as 503.',
    });
  }
  if (probability !== undefined && !(typeof probability === 'number' && probability >= 0 && probability <= 1)) {
    faults.push({ at: [...at, 'probability'], message: '`probability` is a number from 0 to 1.' });
  }
  if (every !== undefined && !isWhole(every, 1, 1_000_000)) {
    faults.push({ at: [...at, 'every'], message: '`every` is a whole number, 1 or more.' });
  }
  if (probability !== undefined && every !== undefined) {
    faults.push({ at: [...at, 'every'], key: true, message: '`every` and `probability` exclude each other.' });
  }
  return faults;
}

function unknownKeys(value: Readonly<Record<string, unknown>>, known: readonly string[], at: StubFault['at'], what: string): StubFault[] {
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => ({ at: [...at, key], key: true, message: `\`${key}\` is not known; ${what} has ${listed(known)}.` }));
}

function listed(names: readonly string[]): string {
  return names.join(', ');
}

function isLatency(value: unknown): boolean {
  if (isRecord(value)) {
    const { from, to } = value;
    return Object.keys(value).length === 2 && isWhole(from, 0, YEAR_MILLIS) && isWhole(to, 0, YEAR_MILLIS) && Number(from) <= Number(to);
  }
  return isWhole(value, 0, YEAR_MILLIS);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}
