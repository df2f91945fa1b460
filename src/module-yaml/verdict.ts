/**
 * What a plain StateFun 3.3.0 makes of a module.yaml, at its three moments (module-yaml.md §1), with better words. Pure: no
 * file is opened, no host sought. The environment that it assumes:
 * - the region of AWS is set there (`AWS_REGION`), credentials need not be;
 * - files, URLs and class path entries that the text names (certificates, keys, profiles) do not exist, but for `presentFiles`;
 * - the time is `now`;
 * - no extension is installed but those whose kinds are named in `allowKinds`.
 * A verdict that another component of the same file prevents is null: nothing starts that does not load.
 */
import type { DecodedModule } from '../model/module.ts';
import type { Problem, Severity } from '../model/problem.ts';
import { decodeLocated } from './decode.ts';
import { environmentProblems } from './environment-problems.ts';
import { loadComponents } from './loaded/load-components.ts';
import type { LoadedComponent } from './loaded/loaded-component.ts';
import { locate } from './locate.ts';
import { moduleProblem } from './problem-codes.ts';
import { lineNumbers } from './source/lines.ts';
import { normalTypename } from './typename-text.ts';

export interface VerdictOptions {
  /** Kinds that extensions of the cluster bring, as `namespace/type`; the playground's are such kinds too. */
  readonly allowKinds?: readonly string[];
  /** Files, URLs and class path entries that are there and fit their purpose where the job runs, each as the text names it. None are opened. */
  readonly presentFiles?: readonly string[];
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
  /** What was loaded, in the shape of loaded/loaded-component.ts; empty when the file does not load. */
  readonly components: readonly LoadedComponent[];
  readonly problems: readonly PlacedProblem[];
}

/** 2026-01-01 00:00 UTC. */
export const VERDICT_TIME = 1_767_225_600_000;

/** `content`: the file's text, or its bytes where they are no UTF-8. */
export function moduleVerdict(content: string | Uint8Array, options: VerdictOptions = {}): ModuleVerdict {
  if (typeof content !== 'string') {
    const message = 'The file is not UTF-8: save it in that encoding.';
    return {
      load: 'reject',
      start: null,
      call: null,
      components: [],
      problems: placed('', [moduleProblem('not-utf8', 'error', message, { moment: 'load' })]),
    };
  }
  const located = locate(content);
  const decoded = decodeLocated(located);
  const environment = { now: options.now ?? VERDICT_TIME, presentFiles: new Set(options.presentFiles) };
  const problems = [...withKinds(decoded, options.allowKinds ?? []), ...(decoded.parsed ? environmentProblems(located, environment) : [])];
  const verdict = judge(problems);
  const uncallable = new Set(problems.filter(({ severity, moment }) => severity === 'error' && moment === 'call').map(({ node }) => node));
  const components =
    verdict.load === 'reject' ? [] : loadComponents(located, ({ node }) => verdict.start === 'ok' && !uncallable.has(node));
  return { ...verdict, components, problems: placed(content, problems) };
}

/** Kinds that a plain StateFun does not have are faults here, unless they are allowed; the page only warns of them. */
function withKinds(decoded: DecodedModule, allowKinds: readonly string[]): readonly Problem[] {
  const allowed = new Set(allowKinds);
  const kindOf = new Map(decoded.components.map(({ node, kind }) => [node, kind]));
  return decoded.problems.flatMap((problem): readonly Problem[] => {
    if (problem.code !== 'unknown-kind' && problem.code !== 'playground-kind') {
      return [problem];
    }
    const kind = problem.node === undefined ? undefined : kindOf.get(problem.node);
    return kind !== undefined && allowed.has(normalTypename(kind) ?? kind) ? [] : [{ ...problem, severity: 'error', moment: 'load' }];
  });
}

export function judge(problems: readonly Problem[]): LoaderVerdict {
  const fails = (moment: Problem['moment']) => problems.some((problem) => problem.severity === 'error' && problem.moment === moment);
  const load = fails('load') ? 'reject' : 'accept';
  const start = load === 'reject' ? null : fails('start') ? 'fail' : 'ok';
  const call = start !== 'ok' ? null : fails('call') ? 'fail' : 'ok';
  return { load, start, call };
}

/** In the order of their places, those of the file as a whole last. */
export function placed(text: string, problems: readonly Problem[]): readonly PlacedProblem[] {
  const lineOf = lineNumbers(text);
  const inOrder = problems.toSorted((a, b) => (a.range?.from ?? text.length + 1) - (b.range?.from ?? text.length + 1));
  return inOrder.map(({ code, severity, message, range, moment, fix }) => ({
    code,
    severity,
    line: range === undefined ? 1 : lineOf(range.from),
    column: range === undefined ? 1 : columnOf(text, range.from),
    message,
    ...(moment === undefined ? {} : { moment }),
    ...(fix === undefined ? {} : { fix }),
  }));
}

/** From 1; a byte order mark at the start of the file is no column. */
function columnOf(text: string, at: number): number {
  const start = Math.max(lastIndexBefore(text, '\n', at), lastIndexBefore(text, '\r', at)) + 1;
  return Math.max(at - Math.max(start, text.startsWith('\ufeff') ? 1 : 0), 0) + 1;
}

function lastIndexBefore(text: string, char: string, at: number): number {
  return at === 0 ? -1 : text.lastIndexOf(char, at - 1);
}
