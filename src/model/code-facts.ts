/** What reading the code (without running it) tells the graph. Made by `analysis/`. */
import type { FilePath, Typename } from '../base/ids.ts';
import type { Problem, TextRange } from './problem.ts';

export interface StateSpecFact {
  readonly name: string;
  /** Type as written: `int`, `string`, `json`, a typename, or null where it could not be read. */
  readonly type: string | null;
  readonly expiration: { readonly mode: 'after-write' | 'after-call'; readonly millis: number } | null;
}

export interface SendFact {
  readonly to: Typename;
  /** A function, or an egress when the call builds an egress message. */
  readonly target: 'function' | 'egress';
  /** Sent with `sendAfter`; `delayMillis` where it is a constant. */
  readonly delayed: boolean;
  readonly delayMillis: number | null;
  readonly range: TextRange;
}

export interface FunctionFact {
  readonly typename: Typename;
  readonly path: FilePath;
  readonly range: TextRange;
  /** Offset of the brace that closes fn's body, before which a `context.send(…)` line can go; null where fn has no body of its own in this file. */
  readonly bodyEnd: number | null;
  readonly states: readonly StateSpecFact[];
  readonly sends: readonly SendFact[];
  /** Calls `fetch`: URLs as far as they are literal. */
  readonly fetches: readonly { readonly url: string | null; readonly range: TextRange }[];
}

export interface CodeFacts {
  readonly functions: readonly FunctionFact[];
  readonly problems: readonly Problem[];
}
