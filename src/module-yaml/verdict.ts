/**
 * What a plain StateFun 3.3.0 makes of a module.yaml, at its three moments (module-yaml.md §1), with better words. Pure: no
 * file is opened, no host sought. The environment that it assumes:
 * - the region of AWS is set there (`AWS_REGION`), credentials need not be;
 * - files, URLs and class path entries that the text names (certificates, keys, profiles) do not exist;
 * - the time is `now`;
 * - no extension is installed but those whose kinds are named in `allowKinds`.
 * A verdict that another component of the same file prevents is null: nothing starts that does not load.
 */
import type { JsonValue } from '../base/json.ts';
import type { Problem, Severity } from '../model/problem.ts';
import { decodeModule } from './decode.ts';
import { lineNumbers, lineStart } from './source/lines.ts';

export interface VerdictOptions {
  /** Kinds that extensions of the cluster bring, as `namespace/type`; the playground's are such kinds too. */
  readonly allowKinds?: readonly string[];
  /** Milliseconds since 1970-01-01 UTC; {@link VERDICT_TIME} unless given. */
  readonly now?: number;
}

export interface LoaderVerdict {
  readonly load: 'accept' | 'reject';
  /** Null when the file does not load. */
  readonly start: 'ok' | 'fail' | null;
  /** Null when the module does not start. */
  readonly call: 'ok' | 'fail' | null;
}

/** A problem as a tool prints it. Lines and columns count from 1; columns count UTF-16 units. A file as a whole is 1:1. */
export interface PlacedProblem {
  readonly code: string;
  readonly severity: Severity;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly moment?: 'load' | 'start' | 'call';
  readonly fix?: Problem['fix'];
}

export interface ModuleVerdict extends LoaderVerdict {
  /** What was loaded, in the shape of loaded-components.ts; empty when the file does not load. */
  readonly components: readonly JsonValue[];
  readonly problems: readonly PlacedProblem[];
}

/** 2026-01-01 00:00 UTC. */
export const VERDICT_TIME = 1_767_225_600_000;

/** `content`: the file's text, or its bytes where they are no UTF-8. */
export function moduleVerdict(content: string | Uint8Array, _options: VerdictOptions = {}): ModuleVerdict {
  const text = typeof content === 'string' ? content : '';
  const decoded = decodeModule(text);
  return { ...judge(decoded.problems), components: [], problems: placed(text, decoded.problems) };
}

export function judge(problems: readonly Problem[]): LoaderVerdict {
  const fails = (moment: Problem['moment']) => problems.some((problem) => problem.severity === 'error' && problem.moment === moment);
  const load = fails('load') ? 'reject' : 'accept';
  const start = load === 'reject' ? null : fails('start') ? 'fail' : 'ok';
  const call = start !== 'ok' ? null : fails('call') ? 'fail' : 'ok';
  return { load, start, call };
}

export function placed(text: string, problems: readonly Problem[]): readonly PlacedProblem[] {
  const lineOf = lineNumbers(text);
  return problems.map(({ code, severity, message, range, moment, fix }) => ({
    code,
    severity,
    line: range === undefined ? 1 : lineOf(range.from),
    column: range === undefined ? 1 : range.from - lineStart(text, range.from) + 1,
    message,
    ...(moment === undefined ? {} : { moment }),
    ...(fix === undefined ? {} : { fix }),
  }));
}
