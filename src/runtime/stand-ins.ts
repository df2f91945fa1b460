/** Functions without code: the engine answers for them, forwarding each message as it is where the project says so. */
import { encodeKafkaRecord, encodeKinesisRecord } from '../protocol/egress-records.ts';
import type { EgressMessage, InvocationResult, TypedValue } from '../protocol/messages.ts';
import type { Machine } from './machine.ts';
import type { Call } from './machine-types.ts';

export const NO_EFFECTS: InvocationResult = { type: 'result', mutations: [], messages: [], delayed: [], egresses: [] };

export function standInAnswer(machine: Machine, call: Call): InvocationResult {
  const { type, ref } = call.address;
  const target = type.standIn?.forwardTo ?? null;
  if (target === null) {
    return NO_EFFECTS;
  }
  if (target.type === 'function') {
    return {
      ...NO_EFFECTS,
      messages: call.messages.map(({ value }) => ({ target: { typename: target.typename, id: ref.id }, argument: value })),
    };
  }
  const connector = machine.egresses.get(target.id)?.definition.connector ?? 'custom';
  return {
    ...NO_EFFECTS,
    egresses: call.messages.map(({ value }): EgressMessage => ({
      egress: target.id,
      argument: egressPayload(connector, target.topic, ref.id, value),
    })),
  };
}

function egressPayload(connector: 'kafka' | 'kinesis' | 'custom', topic: string, id: string, value: TypedValue): TypedValue {
  switch (connector) {
    case 'kafka':
      return encodeKafkaRecord({ topic, key: id, value: value.bytes });
    case 'kinesis':
      return encodeKinesisRecord({ stream: topic, partitionKey: id, explicitHashKey: null, value: value.bytes });
    case 'custom':
      return value;
  }
}
