/** Answers of third-party services as data: one rule of a `stubs/*.yaml` file, and the check that a decoded file holds such rules. */
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { JsonValue } from '../base/json.ts';

export interface StubRule {
  /** Upper case, or `*` for any; any when absent. */
  readonly method?: string;
  /** The whole URL; `*` stands for any run of characters. */
  readonly url: string;
  /** 200 when absent. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Text, or a JSON value sent as JSON. `{{query.name}}`, `{{body.a.b}}` (of a JSON request) and `{{path.n}}` (n-th segment of
   * the URL's path, from 0) are replaced; a string that is nothing but one `{{body…}}` takes the value itself.
   */
  readonly body?: JsonValue;
  /** Virtual milliseconds until the answer; 0 when absent. */
  readonly latencyMillis?: number;
  /** The request fails as a broken connection does. */
  readonly fail?: 'network';
}

const known = new Set(['method', 'url', 'status', 'headers', 'body', 'latencyMillis', 'fail']);

/** Checks a decoded stub file: a list of rules, or an object with such a list under `stubs`. Errors are messages for the user. */
export function readStubRules(decoded: unknown): Result<readonly StubRule[], readonly string[]> {
  const list = isRecord(decoded) && Array.isArray(decoded['stubs']) ? (decoded['stubs'] as unknown[]) : decoded;
  if (!Array.isArray(list)) {
    return err(['A stub file is a list of rules, each with `url` and what to answer.']);
  }
  const faults = list.flatMap((rule: unknown, index) => ruleFaults(rule).map((fault) => `Rule ${index + 1}: ${fault}`));
  return faults.length > 0 ? err(faults) : ok(list as readonly StubRule[]);
}

function ruleFaults(rule: unknown): string[] {
  if (!isRecord(rule)) {
    return ['write `url:` and what to answer.'];
  }
  const faults = Object.keys(rule)
    .filter((key) => !known.has(key))
    .map((key) => `\`${key}\` is not known; a rule has ${[...known].join(', ')}.`);
  if (typeof rule['url'] !== 'string' || rule['url'] === '') {
    faults.push('`url` is missing; write the whole URL, with * for any text.');
  }
  if (rule['method'] !== undefined && typeof rule['method'] !== 'string') {
    faults.push('`method` is a name such as GET, or "*".');
  }
  if (rule['status'] !== undefined && !isWhole(rule['status'], 200, 599)) {
    faults.push('`status` is a whole number from 200 to 599.');
  }
  if (rule['latencyMillis'] !== undefined && !isWhole(rule['latencyMillis'], 0, 31_536_000_000)) {
    faults.push('`latencyMillis` is a whole number of milliseconds, 0 or more.');
  }
  if (rule['fail'] !== undefined && rule['fail'] !== 'network') {
    faults.push('`fail` may only be `network`.');
  }
  const headers = rule['headers'];
  if (headers !== undefined && !(isRecord(headers) && Object.values(headers).every((value) => typeof value === 'string'))) {
    faults.push('`headers` holds one text for each header name.');
  }
  return faults;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, from: number, to: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}
