/** One call to try: drawn from the plan, made simpler, written as the input of a trial. */
import { hash32, randomStream } from '../../base/random.ts';
import type { RandomStream } from '../../base/random.ts';
import type { VirtualTime } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { fits } from '../../model/value-shape.ts';
import type { WireAddress } from '../../protocol/messages.ts';
import type { TrialInput } from '../trial-contract.ts';
import { breakValue, drawValue, pick } from './draw-value.ts';
import type { FuzzPlan, PlannedType } from './fuzz-plan.ts';
import { simplerValues } from './shrink-value.ts';
import { typedOf } from './value-codec.ts';

type DrawnValue = { readonly type: PlannedType } & ({ readonly json: JsonValue } | { readonly bytes: Uint8Array });

export interface Sample {
  readonly id: string;
  readonly messages: readonly { readonly caller: WireAddress | null; readonly value: DrawnValue }[];
  /** Those that are not absent. */
  readonly states: readonly { readonly name: string; readonly value: DrawnValue }[];
}

/** Of all samples, those with one value that is not as its type says. */
const BROKEN = 0.25;
const ABSENT = 0.35;

export function drawSample(plan: FuzzPlan, seed: number, index: number): Sample {
  const random = randomStream(hash32(`${plan.typename} ${seed} ${index}`));
  const count = random.next() < 0.85 ? 1 : 2;
  const broken = random.next() < BROKEN;
  return {
    id: pick(plan.ids, random),
    messages: Array.from({ length: count }, (_, position) => {
      // The first samples go once through all types.
      const type = plan.messages[position === 0 && index < plan.messages.length ? index : Math.floor(random.next() * plan.messages.length)];
      if (type === undefined) {
        throw new Error('a plan has at least one type of message');
      }
      const value = drawn(type, random, broken && position === 0);
      return { caller: drawCaller(type.callers, plan, random), value };
    }),
    states: plan.states.flatMap((type) => (random.next() < ABSENT ? [] : [{ name: type.name, value: drawn(type, random, false) }])),
  };
}

function drawn(type: PlannedType, random: RandomStream, broken: boolean): DrawnValue {
  if (type.shape === null) {
    return { type, bytes: type.bytes.length > 0 ? pick(type.bytes, random) : new Uint8Array(0) };
  }
  const json = drawValue(type.shape, random);
  return { type, json: broken ? breakValue(json, random) : json };
}

function drawCaller(callers: readonly (WireAddress | null)[], plan: FuzzPlan, random: RandomStream): WireAddress | null {
  if (callers.length > 0) {
    return pick(callers, random);
  }
  return random.next() < 0.5 ? null : { typename: plan.typename, id: 'caller' };
}

/** Whether all values keep to their types. */
export function sampleFits({ messages, states }: Sample): boolean {
  return [...messages, ...states].every(
    ({ value }) => !('json' in value) || value.type.shape === null || fits(value.type.shape, value.json),
  );
}

export function sampleInput(plan: FuzzPlan, sample: Sample, at: VirtualTime): TrialInput {
  return {
    typename: plan.typename,
    id: sample.id,
    messages: sample.messages.map(({ caller, value }) => ({ caller, value: typedValue(value) })),
    states: plan.states.map(({ name }) => {
      const given = sample.states.find((state) => state.name === name);
      return { name, value: given === undefined ? null : typedValue(given.value) };
    }),
    at,
    seed: 1,
  };
}

function typedValue(value: DrawnValue): TrialInput['messages'][number]['value'] {
  return 'json' in value ? typedOf(value.type.typename, value.json) : { typename: value.type.typename, hasValue: true, bytes: value.bytes };
}

/** For telling which of two samples is the smaller example. */
export function sampleSize({ messages, states }: Sample): number {
  return [...messages, ...states].reduce(
    (sum, { value }) => sum + 20 + ('json' in value ? JSON.stringify(value.json).length : value.bytes.length),
    0,
  );
}

/** Smaller samples, those first that leave out most. Keeps to the types where the sample does. */
export function simplerSamples(sample: Sample): readonly Sample[] {
  const keeps = sampleFits(sample);
  const { messages, states } = sample;
  const all: Sample[] = [
    ...(messages.length > 1 ? messages.map((_, index) => ({ ...sample, messages: messages.filter((_message, at) => at !== index) })) : []),
    ...states.map((_, index) => ({ ...sample, states: states.filter((_state, at) => at !== index) })),
    ...messages.flatMap((message, index) =>
      simpler(message.value).map((value) => ({ ...sample, messages: messages.with(index, { ...message, value }) })),
    ),
    ...states.flatMap((state, index) =>
      simpler(state.value).map((value) => ({ ...sample, states: states.with(index, { ...state, value }) })),
    ),
  ];
  return keeps ? all.filter(sampleFits) : all;
}

function simpler(value: DrawnValue): readonly DrawnValue[] {
  return 'json' in value ? simplerValues(value.json).map((json) => ({ type: value.type, json })) : [];
}
