/**
 * The request-reply protocol in the Studio's own terms: an address has one typename instead of namespace and type, and
 * what may be missing on the wire is null. `wire-codec.ts` turns these into bytes and back.
 */
import type { Typename } from '../base/ids.ts';

export interface WireAddress {
  readonly typename: Typename;
  readonly id: string;
}

export interface TypedValue {
  readonly typename: string;
  readonly hasValue: boolean;
  readonly bytes: Uint8Array;
}

/** A state entry of a request; null: absent (S11). */
export interface StateEntry {
  readonly name: string;
  readonly value: TypedValue | null;
}

export interface BatchedMessage {
  /** Null for messages from an ingress (S30). */
  readonly caller: WireAddress | null;
  readonly argument: TypedValue;
}

export interface InvocationRequest {
  readonly target: WireAddress;
  readonly states: readonly StateEntry[];
  readonly messages: readonly BatchedMessage[];
}

export interface StateMutation {
  readonly type: 'delete' | 'modify';
  readonly name: string;
  /** Null where the wire has none: StateFun takes that for a value of type `io.statefun.types/unset` (S36). */
  readonly value: TypedValue | null;
}

export interface OutgoingMessage {
  readonly target: WireAddress;
  readonly argument: TypedValue;
}

export type DelayedRequest =
  | {
      readonly type: 'send';
      readonly delayMillis: number;
      readonly target: WireAddress;
      readonly argument: TypedValue;
      readonly token: string | null;
    }
  | { readonly type: 'cancel'; readonly token: string | null };

export interface EgressMessage {
  readonly egress: Typename;
  readonly argument: TypedValue;
}

export interface StateSpec {
  readonly name: string;
  readonly typename: string;
  readonly expiration: { readonly mode: 'after-write' | 'after-invoke'; readonly millis: number } | null;
}

export interface InvocationResult {
  readonly type: 'result';
  readonly mutations: readonly StateMutation[];
  readonly messages: readonly OutgoingMessage[];
  readonly delayed: readonly DelayedRequest[];
  readonly egresses: readonly EgressMessage[];
}

/** The function misses states that it declares (S9, S16). */
export interface IncompleteContext {
  readonly type: 'incomplete';
  readonly missing: readonly StateSpec[];
}

export type FunctionReply = InvocationResult | IncompleteContext;
