/**
 * The language of test functions: a message's payload is a program, a list of commands as JSON, and the function that gets it does
 * them in order. A program holds the programs of the messages that it sends, so a whole application's course is data.
 */
import { decodeUtf8, encodeUtf8, tryDecodeUtf8 } from '../../../src/base/text-encoding.ts';
import type { StateSpec } from '../../../src/protocol/messages.ts';

export type Program = readonly Command[];

/** What the argument of a sent message is, where it is not a program with {@link COMMANDS_TYPE} (S37). */
export interface ArgumentShape {
  readonly typename?: string;
  readonly hasValue?: boolean;
}

/** `optional`: left out where the function does not declare the state. */
export type Command =
  /** Gives a state the value that `to` is a text of, in the state's declared type. */
  | { readonly do: 'set'; readonly state: string; readonly to: string; readonly optional?: true }
  /** Appends to a state that holds a text. */
  | { readonly do: 'append'; readonly state: string; readonly text: string; readonly optional?: true }
  /** Adds one to a state that holds a number, or a text of one. */
  | { readonly do: 'count'; readonly state: string }
  | { readonly do: 'delete'; readonly state: string; readonly optional?: true }
  /**
   * A state mutation as it stands, behind the others of the answer (S35, S36). `value: null` leaves `state_value` out;
   * a typename that is not given is the declared one.
   */
  | {
      readonly do: 'mutate';
      readonly state: string;
      readonly kind: 'modify' | 'delete';
      readonly value: { readonly typename?: string; readonly hasValue: boolean; readonly text: string } | null;
    }
  | {
      readonly do: 'send';
      readonly type: string;
      readonly id: string;
      readonly program: Program;
      /** A name that tells this message from all others, for programs whose course is compared. */
      readonly n?: string;
      readonly as?: ArgumentShape;
    }
  /** With `millis` as a delayed message. */
  | { readonly do: 'send-self'; readonly program: Program; readonly n?: string; readonly millis?: number }
  | {
      readonly do: 'send-after';
      readonly type: string;
      readonly id: string;
      readonly millis: number;
      readonly token?: string;
      readonly program: Program;
      readonly n?: string;
    }
  /** Without a token the request has none (S50). */
  | { readonly do: 'cancel'; readonly token?: string }
  | { readonly do: 'emit'; readonly egress: string; readonly topic: string; readonly key: string; readonly text: string }
  /** A message to an egress that is no Kafka record. */
  | { readonly do: 'emit-raw'; readonly egress: string; readonly typename: string; readonly text: string }
  /** Throws; with `attempts`, in the first so many attempts of a call only. */
  | { readonly do: 'fail'; readonly message: string; readonly attempts?: number }
  /** Answers the whole call so, on the level of HTTP. */
  | { readonly do: 'answer'; readonly with: HttpFault }
  /** Answers that states are missing: all declared ones, or those named (S16). */
  | { readonly do: 'incomplete'; readonly specs?: readonly StateSpec[] }
  /** The call takes so much longer. */
  | { readonly do: 'sleep'; readonly millis: number }
  /** Does its commands the first `times` times that it is met with this label, over all calls, attempts and lives of the job. */
  | { readonly do: 'first'; readonly times: number; readonly label: string; readonly program: Program };

export type HttpFault =
  | { readonly type: 'status'; readonly status: number }
  | { readonly type: 'dropped' }
  | { readonly type: 'no-answer' }
  /** 200 with a body that is not a FromFunction. */
  | { readonly type: 'malformed' }
  | { readonly type: 'content-type'; readonly contentType: string }
  /** 200 with no body: a success without effects (S61). */
  | { readonly type: 'empty' };

export const COMMANDS_TYPE = 'test/commands';

export function programBytes(program: Program, n?: string): Uint8Array {
  return encodeUtf8(JSON.stringify(n === undefined ? program : { n, do: program }));
}

/** Null for bytes that are no program. No bytes are the program that does nothing. */
export function programOf(bytes: Uint8Array): Program | null {
  if (bytes.length === 0) {
    return [];
  }
  const text = tryDecodeUtf8(bytes);
  try {
    const parsed: unknown = text === null ? null : JSON.parse(text);
    const list: unknown = typeof parsed === 'object' && parsed !== null && 'do' in parsed ? parsed.do : parsed;
    // Programs are written by tests; what is no list is a payload that the function cannot decode (S69).
    return Array.isArray(list) ? (list as Program) : null;
  } catch {
    return null;
  }
}

/** The name that a message was sent with, or null. */
export function nameOf(bytes: Uint8Array): string | null {
  try {
    const parsed: unknown = JSON.parse(decodeUtf8(bytes));
    return typeof parsed === 'object' && parsed !== null && 'n' in parsed && typeof parsed.n === 'string' ? parsed.n : null;
  } catch {
    return null;
  }
}
