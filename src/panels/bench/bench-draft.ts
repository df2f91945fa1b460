/** What is written in the bench for one invocation, and the input it becomes. */
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { typename, virtualTime } from '../../base/ids.ts';
import type { Typename } from '../../base/ids.ts';
import type { FunctionFact } from '../../model/code-facts.ts';
import { emptyValue, enteredFrom, stateTypename, typedValueOf } from '../../protocol/entered-value.ts';
import type { EnteredValue, EntryFault } from '../../protocol/entered-value.ts';
import type { AddressView } from '../../runtime/engine-api.ts';
import type { TrialInput } from '../../worker/trial-contract.ts';

/** A message from an ingress has no caller (S30); which ingress, the function is not told. */
export type DraftCaller =
  | { readonly type: 'ingress'; readonly ingress: string | null }
  | { readonly type: 'function'; readonly typename: string; readonly id: string };

export interface DraftMessage {
  /** Tells the messages of a batch apart while they are edited. */
  readonly key: number;
  readonly caller: DraftCaller;
  readonly value: EnteredValue;
}

export interface DraftState {
  readonly name: string;
  /** Its typename is empty while neither code nor a recording says it. */
  readonly value: EnteredValue;
  readonly present: boolean;
}

export interface BenchDraft {
  readonly typename: Typename;
  readonly id: string;
  readonly messages: readonly DraftMessage[];
  readonly states: readonly DraftState[];
  readonly at: number;
  readonly seed: number;
  /** The recorded call that this began as. */
  readonly seq: number | null;
  /** Virtual time at which the states were as they stand here; null when they were made up. */
  readonly statesOf: number | null;
}

/** The fields that can be wrong. */
export type DraftField = 'seed' | `message ${number}` | `caller ${number}` | `state ${string}`;
export type DraftFaults = ReadonlyMap<DraftField, EntryFault>;

let lastKey = 0;

export function newMessage(value: EnteredValue, caller: DraftCaller): DraftMessage {
  lastKey += 1;
  return { key: lastKey, caller, value };
}

export function emptyDraft(type: Typename, fact: FunctionFact | null, messageType: string, caller: DraftCaller, at: number): BenchDraft {
  const draft: BenchDraft = {
    typename: type,
    id: 'id-1',
    messages: [newMessage(emptyValue(messageType), caller)],
    states: [],
    at,
    seed: 1,
    seq: null,
    statesOf: null,
  };
  return withDeclaredStates(draft, fact);
}

/** One field for each state that the code declares; values that were entered stay, also of states that went. */
export function withDeclaredStates(draft: BenchDraft, fact: FunctionFact | null): BenchDraft {
  const declared = fact?.states ?? [];
  const fields = declared.map(({ name, type }): DraftState => {
    const there = draft.states.find((state) => state.name === name);
    const wanted = type === null ? null : stateTypename(type);
    if (there !== undefined && (there.present || wanted === null || there.value.typename === wanted)) {
      return there;
    }
    return { name, value: emptyValue(wanted ?? ''), present: false };
  });
  const others = draft.states.filter((state) => state.present && !declared.some(({ name }) => name === state.name));
  const states = [...fields, ...others];
  const same = states.length === draft.states.length && states.every((state, index) => state === draft.states[index]);
  return same ? draft : { ...draft, states };
}

/** A recorded invocation, ready to be edited; unchanged it is the same call, byte for byte. */
export function draftOfInput(input: TrialInput, seq: number | null, fact: FunctionFact | null): BenchDraft {
  return withDeclaredStates(
    {
      typename: input.typename,
      id: input.id,
      messages: input.messages.map(({ caller, value }) =>
        newMessage(
          enteredFrom(value),
          caller === null ? { type: 'ingress', ingress: null } : { type: 'function', typename: caller.typename, id: caller.id },
        ),
      ),
      states: input.states.flatMap(({ name, value }): readonly DraftState[] =>
        value === null ? [] : [{ name, value: enteredFrom(value), present: true }],
      ),
      at: input.at,
      seed: input.seed,
      seq,
      statesOf: seq === null ? null : input.at,
    },
    fact,
  );
}

/** The states that the address has in the run at this moment. */
export function withStatesOf(draft: BenchDraft, address: AddressView | null, at: number, fact: FunctionFact | null): BenchDraft {
  const states = (address?.states ?? []).map(({ name, typename: type, bytes }): DraftState => ({
    name,
    value: enteredFrom({ typename: type, bytes }),
    present: true,
  }));
  return withDeclaredStates({ ...draft, states, statesOf: at }, fact);
}

export function inputOfDraft(draft: BenchDraft): Result<TrialInput, DraftFaults> {
  const faults = new Map<DraftField, EntryFault>();
  if (!Number.isSafeInteger(draft.seed)) {
    faults.set('seed', { message: 'Write a whole number.', at: null });
  }
  const messages = draft.messages.flatMap(({ caller, value }, index) => {
    const typed = typedValueOf(value);
    if (!typed.ok) {
      faults.set(`message ${index}`, typed.error);
    }
    const from = callerOf(caller);
    if (!from.ok) {
      faults.set(`caller ${index}`, from.error);
    }
    return typed.ok && from.ok ? [{ caller: from.value, value: typed.value }] : [];
  });
  const states = draft.states.map(({ name, present, value }) => {
    const typed = present ? typedValueOf(value) : ok(null);
    if (!typed.ok) {
      faults.set(`state ${name}`, typed.error);
    }
    return { name, value: typed.ok ? typed.value : null };
  });
  return faults.size > 0
    ? err(faults)
    : ok({ typename: draft.typename, id: draft.id, messages, states, at: virtualTime(draft.at), seed: draft.seed });
}

function callerOf(caller: DraftCaller): Result<TrialInput['messages'][number]['caller'], EntryFault> {
  if (caller.type === 'ingress') {
    return ok(null);
  }
  if (!/^[^/].*\/[^/]+$|^[^/]\/[^/]+$/.test(caller.typename)) {
    return err({ message: 'Write the caller as namespace/name.', at: null });
  }
  return ok({ typename: typename(caller.typename), id: caller.id });
}
