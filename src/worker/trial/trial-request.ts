/** A trial's input as the request that the engine would send, and a recorded request as the input of a trial. */
import { virtualTime } from '../../base/ids.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import type { CallRequest } from '../../protocol/call.ts';
import type { InvocationRequest } from '../../protocol/messages.ts';
import { decodeToFunction, encodeToFunction } from '../../protocol/wire-codec.ts';
import type { TrialInput } from '../trial-contract.ts';

/** More than StateFun would ever put into one batch of an address. */
const MAX_MESSAGES = 1000;
const MAX_BYTES = 32 * 1024 * 1024;

/**
 * @param declared names of the states that the function declares, in its order: the request carries them all, so that the function is
 * called and does not answer that it misses some (S9, S16)
 */
export function trialRequest(input: TrialInput, declared: readonly string[]): Result<CallRequest, string> {
  const fault = inputFault(input);
  if (fault !== null) {
    return err(fault);
  }
  const given = new Map(input.states.map(({ name, value }) => [name, value]));
  const names = [...declared, ...[...given.keys()].filter((name) => !declared.includes(name))];
  const request = encodeToFunction({
    target: { typename: input.typename, id: input.id },
    states: names.map((name) => ({ name, value: given.get(name) ?? null })),
    messages: input.messages.map(({ caller, value }) => ({ caller, argument: value })),
  });
  return ok({ call: 1, attempt: 1, typename: input.typename, id: input.id, at: input.at, seed: input.seed, request });
}

function inputFault({ messages, states, at, seed, typename: name }: TrialInput): string | null {
  if (!/^[^/]+(\/[^/]+)+$/.test(name)) {
    return `'${name}' is no function type: write <namespace>/<name>.`;
  }
  if (messages.length === 0) {
    return 'Give at least one message: a function is only called when there is one.';
  }
  if (messages.length > MAX_MESSAGES) {
    return `A trial takes at most ${MAX_MESSAGES} messages; these are ${messages.length}.`;
  }
  const values = [...messages.map(({ value }) => value), ...states.flatMap(({ value }) => (value === null ? [] : [value]))];
  if (values.some((value) => value.typename === '')) {
    return 'A value has no type. Choose one, such as io.statefun.types/string.';
  }
  if (values.reduce((sum, value) => sum + value.bytes.length, 0) > MAX_BYTES) {
    return 'Messages and states of a trial take at most 32 MB together.';
  }
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(seed)) {
    return 'Time and seed of a trial are whole numbers.';
  }
  return null;
}

/** What a recorded request would be as the input of a trial; the error says why its bytes cannot be read. */
export function inputOf({ at, seed, request }: Pick<CallRequest, 'at' | 'seed' | 'request'>): Result<TrialInput, string> {
  const decoded = decodeToFunction(request);
  if (!decoded.ok) {
    return decoded;
  }
  const { target, states, messages }: InvocationRequest = decoded.value;
  return ok({
    typename: target.typename,
    id: target.id,
    messages: messages.map(({ caller, argument }) => ({ caller, value: argument })),
    states,
    at: virtualTime(at),
    seed,
  });
}
