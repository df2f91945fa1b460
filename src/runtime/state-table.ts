/** States of addresses: registration by a function's answer, entries of requests, expiration, and changes. */
import type { StateEntry, StateMutation, StateSpec } from '../protocol/messages.ts';
import { hashMapOrder } from './java-hash.ts';
import { javaName } from './java-names.ts';
import { markChanged } from './machine.ts';
import type { Machine } from './machine.ts';
import type { Address, FunctionType, JobFailure, RegisteredState, Registration, StateSlot } from './machine-types.ts';

const NO_TYPE = 'io.statefun.types/unset';

/** The entries of a request that is being built now; reading is what expires and, after-invoke, touches (S52, S55, S56). */
export function attachStates(machine: Machine, address: Address, registration: Registration): StateEntry[] {
  return registration.entries.map(({ slot, spec }) => {
    const stored = address.values[slot];
    if (stored === undefined) {
      return { name: spec.name, value: null }; // S11
    }
    if (isExpired(spec, stored.touchedAt, machine.now)) {
      address.values[slot] = undefined;
      return { name: spec.name, value: null }; // S53
    }
    if (spec.expiration?.mode === 'after-invoke' && stored.touchedAt !== machine.now) {
      address.values[slot] = { bytes: stored.bytes, touchedAt: machine.now };
    }
    return { name: spec.name, value: { typename: spec.typename, hasValue: true, bytes: stored.bytes } };
  });
}

export function isExpired(spec: StateSpec, touchedAt: number, now: number): boolean {
  return spec.expiration !== null && touchedAt + spec.expiration.millis <= now; // S52: inclusive
}

/** Why the job fails over these specs, or null. */
export function specsFailure(address: Address, specs: readonly StateSpec[]): JobFailure | null {
  const registration = registrationOf(address);
  for (const spec of specs) {
    const registered = registration?.entries.find((entry) => entry.spec.name === spec.name);
    const slot = address.type.slots.find(({ name }) => name === spec.name);
    const known = registered === undefined ? (slot?.known ?? null) : { typename: registered.spec.typename, expires: null };
    if (known === null) {
      continue;
    }
    if (known.typename !== spec.typename) {
      // S20 for a state in use, S21 for one of an earlier attempt.
      const what = registered === undefined ? 'Error while getting state:' : `An error occurred for state [${spec.name}].`;
      return typeMismatch(address, what, known.typename, spec.typename);
    }
    if (known.expires !== null && known.expires !== (spec.expiration !== null)) {
      return {
        code: 'state-expiration-changed', // S23
        message: `State [${spec.name}]: an expiration was ${known.expires ? 'removed' : 'added'}. The new state serializer must not be incompatible with the old state serializer.`,
        address: address.ref,
      };
    }
  }
  return null;
}

/** Adds the specs that the subtask does not know yet; the others are ignored (S16, S19). Gives those it added. */
export function registerStates(machine: Machine, address: Address, specs: readonly StateSpec[]): StateSpec[] {
  const registration = registrationOf(address);
  if (registration === null) {
    throw new Error('states registered before the first request');
  }
  const added: StateSpec[] = [];
  const bySlot = new Map<string, RegisteredState>(registration.entries.map((entry) => [entry.spec.name, entry]));
  for (const spec of specs) {
    if (!bySlot.has(spec.name)) {
      bySlot.set(spec.name, { slot: slotOf(address.type, spec), spec });
      registration.names = [...registration.names, spec.name];
      added.push(spec);
    }
  }
  if (added.length > 0) {
    markChanged(machine);
    registration.entries = hashMapOrder(registration.names).flatMap((name) => bySlot.get(name) ?? []);
  }
  return added;
}

/** Why the job fails over these changes, or null (S20, S36, S68). */
export function mutationFailure(address: Address, mutations: readonly StateMutation[]): JobFailure | null {
  const registration = registrationOf(address);
  for (const mutation of mutations) {
    const registered = registration?.entries.find((entry) => entry.spec.name === mutation.name);
    if (registered === undefined) {
      return {
        code: 'unknown-state',
        message: `Accessing a non-existing function state: ${mutation.name}. This can happen if you forgot to declare this state using the language SDKs.`,
        address: address.ref,
      };
    }
    if (mutation.type === 'modify') {
      const typename = mutation.value === null || mutation.value.typename === '' ? NO_TYPE : mutation.value.typename;
      if (typename !== registered.spec.typename) {
        return typeMismatch(address, `An error occurred for state [${mutation.name}].`, registered.spec.typename, typename);
      }
    }
  }
  return null;
}

/** Applies one change that {@link mutationFailure} let pass. The address has been touched. */
export function changeState(machine: Machine, address: Address, mutation: StateMutation): void {
  const slot = registrationOf(address)?.entries.find((entry) => entry.spec.name === mutation.name)?.slot;
  if (slot === undefined) {
    throw new Error(`state ${mutation.name} is not registered`);
  }
  // S35: whatever has_value says, MODIFY stores the bytes given.
  address.values[slot] =
    mutation.type === 'delete' || mutation.value === null ? undefined : { bytes: mutation.value.bytes, touchedAt: machine.now };
}

export function registrationOf(address: Address): Registration | null {
  return address.type.registrations[address.subtask.index] ?? null;
}

/** The index of a state's values: kept for good, since a dropped state's value stays stored (S18). */
function slotOf(type: FunctionType, spec: StateSpec): number {
  const known = { typename: spec.typename, expires: spec.expiration !== null };
  const index = type.slots.findIndex(({ name }) => name === spec.name);
  const slot: StateSlot | undefined = type.slots[index];
  if (slot !== undefined) {
    slot.known = known;
    return index;
  }
  type.slots.push({ name: spec.name, known });
  return type.slots.length - 1;
}

function typeMismatch(address: Address, what: string, before: string, after: string): JobFailure {
  return {
    code: 'state-type-mismatch',
    message: `${what} Previous type was: ${javaName('TypeName', before)}, new type is: ${javaName('TypeName', after)}`,
    address: address.ref,
  };
}
