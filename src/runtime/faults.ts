/**
 * Endpoints that misbehave for a while. What a fault does to an attempt is decided when the attempt is made, from the
 * faults of that moment alone: nothing of it waits for a reply (R1).
 */
import { assertNever } from '../base/assert-never.ts';
import type { Typename } from '../base/ids.ts';
import { splitTypename } from '../protocol/wire-codec.ts';
import type { EndpointFault, FaultEffect } from './engine-api.ts';
import { nextTraceSeq, nowOf } from './machine.ts';
import type { Machine } from './machine.ts';

/** A fault that lasts. Never changed: a hit makes a new one. */
export interface ActiveFault {
  readonly fault: EndpointFault;
  /** The first moment at which it is over; null for never. */
  readonly until: number | null;
  /** Attempts that it will still hit; null for no limit. */
  readonly left: number | null;
}

export function beginFault(machine: Machine, fault: EndpointFault): void {
  const { forMillis, calls } = fault;
  machine.faults = [
    ...machine.faults.filter((active) => !isOver(active, machine.now)),
    { fault, until: forMillis === null ? null : machine.now + Math.max(0, Math.ceil(forMillis)), left: calls },
  ];
  machine.trace.push({
    seq: nextTraceSeq(machine),
    at: nowOf(machine),
    type: 'fault-began',
    target: fault.target,
    effect: fault.effect,
    forMillis,
    calls,
  });
}

/** What the oldest fault that matches does to an attempt made now; it counts as one of the fault's attempts. */
export function hitByFault(machine: Machine, type: Typename): FaultEffect | null {
  if (machine.faults.length === 0) {
    return null;
  }
  const { namespace, name } = splitTypename(type);
  const index = machine.faults.findIndex(
    (active) =>
      !isOver(active, machine.now) &&
      active.fault.target.namespace === namespace &&
      (active.fault.target.name === '*' || active.fault.target.name === name),
  );
  const hit = machine.faults[index];
  if (hit === undefined) {
    return null;
  }
  machine.faults = machine.faults
    .map((active, at) => (at === index && active.left !== null ? { ...active, left: active.left - 1 } : active))
    .filter((active) => !isOver(active, machine.now));
  return hit.fault.effect;
}

/** Virtual ms until an attempt's end shows, where its transport does not give up before; `drawn`: what it takes without the fault. */
export function faultDuration(effect: FaultEffect, drawn: number): number {
  switch (effect.type) {
    case 'refused':
      return 1;
    case 'no-answer':
      return Infinity;
    case 'slow':
      return drawn + Math.max(0, Math.ceil(effect.millis));
    case 'dropped':
    case 'status':
    case 'malformed':
    case 'content-type':
      return drawn;
    default:
      return assertNever(effect);
  }
}

function isOver({ until, left }: ActiveFault, now: number): boolean {
  return (until !== null && now >= until) || (left !== null && left <= 0);
}
