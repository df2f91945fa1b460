/** What an observing sandbox saw of one call, with places in the user's sources. All of it comes from hostile code: bounded, shown, never evaluated. */
import type { FilePath } from '../../base/ids.ts';
import type { CodePlace } from '../../protocol/call.ts';

/** The statement at or behind a line, at which an expression is evaluated and printed each time it is reached. */
export interface LogpointSpec {
  readonly path: FilePath;
  /** One-based. */
  readonly line: number;
  /** A JavaScript or TypeScript expression in the scope of the line, or text with `{expression}` in it. */
  readonly expression: string;
}

export type MarkType =
  | 'log'
  | 'logpoint'
  | 'state-read'
  | 'state-write'
  | 'send'
  | 'send-after'
  | 'cancel'
  | 'egress'
  | 'fetch'
  | 'branch'
  | 'error';

export interface ObservedMark {
  readonly type: MarkType;
  readonly place: CodePlace;
  readonly text: string;
  /** Index of the message in the batch. */
  readonly message: number;
}

export interface ObservedFile {
  readonly path: FilePath;
  /** One-based lines that hold code of functions, ascending. */
  readonly reached: readonly number[];
  readonly missed: readonly number[];
}

export interface Observation {
  readonly marks: readonly ObservedMark[];
  /** Files of which the call ran any code. */
  readonly files: readonly ObservedFile[];
}

/** Why a logpoint will print nothing. */
export interface LogpointFault {
  /** Index in the list that was given. */
  readonly logpoint: number;
  /** One-based column in the expression; null where the line is at fault. */
  readonly column: number | null;
  readonly message: string;
}
