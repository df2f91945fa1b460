/** Whether a message that someone describes is one that the engine holds. */
import type { TypedValue } from '../protocol/messages.ts';
import type { Message } from './machine-types.ts';
import type { AddressRef } from './trace-event.ts';

/** A message as it enters a function's batch. */
export interface ScheduledMessage {
  readonly to: AddressRef;
  readonly caller: AddressRef | null;
  readonly value: TypedValue;
}

export function isSame(left: Message, right: ScheduledMessage): boolean {
  const sameCaller = left.caller === null || right.caller === null ? left.caller === right.caller : isAddress(left.caller, right.caller);
  return sameCaller && sameValue(left.value, right.value);
}

export function isAddress(left: AddressRef, right: AddressRef): boolean {
  return left.typename === right.typename && left.id === right.id;
}

/** What the protocol shows of a value; a value with has_value=false is passed on as it is (S37). */
export function sameValue(left: TypedValue, right: TypedValue): boolean {
  return left.typename === right.typename && sameBytes(left.bytes, right.bytes);
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
