/** What reading the code (without running it) tells the graph. Made by `analysis/`. */
import type { FilePath, Typename } from '../base/ids.ts';
import type { Problem, TextRange } from './problem.ts';

export interface StateSpecFact {
  readonly name: string;
  /** Type as written: `int`, `string`, `json`, a typename, or null where it could not be read. */
  readonly type: string | null;
  readonly expiration: { readonly mode: 'after-write' | 'after-call'; readonly millis: number } | null;
}

/** A type of values as messages carry it. */
export interface ValueTypeFact {
  /** As on the wire: `io.statefun.types/int`, `fraud.types/confirm-fraud`. */
  readonly typename: string;
  /** As the code calls it: `ConfirmFraud`, `int`; the last part of the typename where it has no name of its own. */
  readonly name: string;
}

/** What a function does with messages, as far as its code says for sure. */
export interface AcceptedTypes {
  /** The types it asks for: `message.is(T)`, `message.as(T)`, `message.isInt()`, a comparison with `valueTypeName`. */
  readonly types: readonly ValueTypeFact[];
  /**
   * What happens to a message of any other type. `ignored`: nothing at all is done with it; `refused`: reading it throws, and
   * the call fails; `unknown`: it may be handled, or the code does not say for sure.
   */
  readonly others: 'ignored' | 'refused' | 'unknown';
}

/** A place where `context.caller` is read as an address although it may be null (S30), and for which messages that place is reached. */
export interface CallerUse {
  readonly range: TextRange;
  /** Typenames of values that lead there, among those in `accepts.types`. */
  readonly types: readonly string[];
  /** Whether values of any other type lead there. */
  readonly others: boolean;
  /** The statement to put into `if (context.caller !== null) { … }`, or null where that cannot be done by an edit. */
  readonly guard: { readonly at: TextRange; readonly caller: string } | null;
}

export interface SendFact {
  readonly to: Typename;
  /** A function, or an egress when the call builds an egress message. */
  readonly target: 'function' | 'egress';
  /** Topics or streams that a record for an egress may go to, as far as they are literal. */
  readonly topics?: readonly string[];
  /** Sent with `sendAfter`; `delayMillis` where it is a constant. */
  readonly delayed: boolean;
  readonly delayMillis: number | null;
  readonly range: TextRange;
  /** Goes back to whoever sent the message: `to` is one of those that may have. */
  readonly reply: boolean;
  /** The types its value may have; null where that is not known for sure. */
  readonly valueTypes: readonly ValueTypeFact[] | null;
}

export interface FunctionFact {
  readonly typename: Typename;
  readonly path: FilePath;
  readonly range: TextRange;
  /** Where fn stands when it is declared apart from the spec, in this file or in another one. */
  readonly apart?: { readonly path: FilePath; readonly range: TextRange };
  /** Offset of the brace that closes fn's body, before which a `context.send(…)` line can go; null where fn has no body of its own in this file. */
  readonly bodyEnd: number | null;
  readonly states: readonly StateSpecFact[];
  readonly sends: readonly SendFact[];
  readonly accepts: AcceptedTypes;
  readonly callerUses: readonly CallerUse[];
  /** Calls `fetch`: URLs as far as they are literal. */
  readonly fetches: readonly { readonly url: string | null; readonly range: TextRange }[];
}

export interface CodeFacts {
  readonly functions: readonly FunctionFact[];
  readonly problems: readonly Problem[];
}

/** Whether its spec or its code, which may stand apart from it, is in the file. */
export function isIn({ path, apart }: FunctionFact, file: FilePath | null): boolean {
  return path === file || apart?.path === file;
}

/** Where the function stands in the file: its spec, and its code where that is apart. */
export function rangesIn({ path, range, apart }: FunctionFact, file: FilePath | null): readonly TextRange[] {
  return [...(path === file ? [range] : []), ...(apart?.path === file ? [apart.range] : [])];
}
