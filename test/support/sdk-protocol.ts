/**
 * The protocol by the classes that the SDK ships (google-protobuf): an independent source for what the bytes mean. They
 * register themselves under the global `proto` and have no types, so the little that is used of them is declared here.
 */
import 'apache-flink-statefun';
import { typename } from '../../src/base/ids.ts';
import type {
  DelayedRequest,
  FunctionReply,
  InvocationRequest,
  StateMutation,
  StateSpec,
  TypedValue,
  WireAddress,
} from '../../src/protocol/messages.ts';

interface SdkMessage {
  serializeBinary(): Uint8Array;
  [method: string]: (...args: never[]) => unknown;
}
interface SdkClass {
  new (): SdkMessage;
  deserializeBinary(bytes: Uint8Array): SdkMessage;
}
type SdkClasses = Record<string, SdkClass & Record<string, SdkClass>>;

const { reqreply } = (
  globalThis as unknown as { readonly proto: { readonly io: { readonly statefun: { readonly sdk: { readonly reqreply: SdkClasses } } } } }
).proto.io.statefun.sdk;

function classOf(path: string): SdkClass {
  const [outer = '', inner] = path.split('.');
  const found = inner === undefined ? reqreply[outer] : reqreply[outer]?.[inner];
  if (found === undefined) {
    throw new Error(`the SDK has no ${path}`);
  }
  return found;
}

function make(path: string, fields: Readonly<Record<string, unknown>>): SdkMessage {
  const message = new (classOf(path))();
  for (const [setter, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) {
      call(message, setter, value);
    }
  }
  return message;
}

function call<T>(message: SdkMessage, method: string, ...args: readonly unknown[]): T {
  const found = message[method];
  if (found === undefined) {
    throw new Error(`no method ${method}`);
  }
  return found.apply(message, args as never[]) as T;
}

function toAddress({ typename: type, id }: WireAddress): SdkMessage {
  const slash = type.indexOf('/');
  return make('Address', { setNamespace: type.slice(0, slash), setType: type.slice(slash + 1), setId: id });
}
function fromAddress(address: SdkMessage): WireAddress {
  return { typename: typename(`${call<string>(address, 'getNamespace')}/${call<string>(address, 'getType')}`), id: call(address, 'getId') };
}
function toValue({ typename: type, hasValue, bytes }: TypedValue): SdkMessage {
  return make('TypedValue', { setTypename: type, setHasValue: hasValue, setValue: bytes });
}
function fromValue(value: SdkMessage): TypedValue {
  return {
    typename: call(value, 'getTypename'),
    hasValue: call(value, 'getHasValue'),
    bytes: new Uint8Array(call<Uint8Array>(value, 'getValue_asU8')),
  };
}
function optional<T>(message: SdkMessage | null | undefined, from: (message: SdkMessage) => T): T | null {
  return message === null || message === undefined ? null : from(message);
}
function list<T>(message: SdkMessage, getter: string, from: (message: SdkMessage) => T): T[] {
  return call<SdkMessage[]>(message, getter).map(from);
}

export function toSdkRequest({ target, states, messages }: InvocationRequest): Uint8Array {
  const batch = make('ToFunction.InvocationBatchRequest', {
    setTarget: toAddress(target),
    setStateList: states.map(({ name, value }) =>
      make('ToFunction.PersistedValue', { setStateName: name, setStateValue: value === null ? null : toValue(value) }),
    ),
    setInvocationsList: messages.map(({ caller, argument }) =>
      make('ToFunction.Invocation', { setCaller: caller === null ? null : toAddress(caller), setArgument: toValue(argument) }),
    ),
  });
  return make('ToFunction', { setInvocation: batch }).serializeBinary();
}

export function fromSdkRequest(bytes: Uint8Array): InvocationRequest {
  const batch = call<SdkMessage>(classOf('ToFunction').deserializeBinary(bytes), 'getInvocation');
  return {
    target: fromAddress(call(batch, 'getTarget')),
    states: list(batch, 'getStateList', (state) => ({
      name: call<string>(state, 'getStateName'),
      value: optional(call<SdkMessage | null>(state, 'getStateValue'), fromValue),
    })),
    messages: list(batch, 'getInvocationsList', (message) => ({
      caller: optional(call<SdkMessage | null>(message, 'getCaller'), fromAddress),
      argument: fromValue(call(message, 'getArgument')),
    })),
  };
}

export function toSdkReply(reply: FunctionReply): Uint8Array {
  if (reply.type === 'incomplete') {
    const context = make('FromFunction.IncompleteInvocationContext', { setMissingValuesList: reply.missing.map(toSpec) });
    return make('FromFunction', { setIncompleteInvocationContext: context }).serializeBinary();
  }
  const response = make('FromFunction.InvocationResponse', {
    setStateMutationsList: reply.mutations.map(({ type, name, value }) =>
      make('FromFunction.PersistedValueMutation', {
        setMutationType: type === 'delete' ? 0 : 1,
        setStateName: name,
        setStateValue: value === null ? null : toValue(value),
      }),
    ),
    setOutgoingMessagesList: reply.messages.map(({ target, argument }) =>
      make('FromFunction.Invocation', { setTarget: toAddress(target), setArgument: toValue(argument) }),
    ),
    setDelayedInvocationsList: reply.delayed.map((delayed) =>
      delayed.type === 'cancel'
        ? make('FromFunction.DelayedInvocation', { setIsCancellationRequest: true, setCancellationToken: delayed.token })
        : make('FromFunction.DelayedInvocation', {
            setDelayInMs: delayed.delayMillis,
            setTarget: toAddress(delayed.target),
            setArgument: toValue(delayed.argument),
            setCancellationToken: delayed.token,
          }),
    ),
    setOutgoingEgressesList: reply.egresses.map(({ egress, argument }) => {
      const slash = egress.indexOf('/');
      return make('FromFunction.EgressMessage', {
        setEgressNamespace: egress.slice(0, slash),
        setEgressType: egress.slice(slash + 1),
        setArgument: toValue(argument),
      });
    }),
  });
  return make('FromFunction', { setInvocationResult: response }).serializeBinary();
}

export function fromSdkReply(bytes: Uint8Array): FunctionReply {
  const message = classOf('FromFunction').deserializeBinary(bytes);
  const context = call<SdkMessage | null>(message, 'getIncompleteInvocationContext');
  if (context !== null && context !== undefined) {
    return { type: 'incomplete', missing: list(context, 'getMissingValuesList', fromSpec) };
  }
  const response = call<SdkMessage>(message, 'getInvocationResult');
  return {
    type: 'result',
    mutations: list(response, 'getStateMutationsList', (mutation): StateMutation => ({
      type: call<number>(mutation, 'getMutationType') === 0 ? 'delete' : 'modify',
      name: call(mutation, 'getStateName'),
      value: optional(call<SdkMessage | null>(mutation, 'getStateValue'), fromValue),
    })),
    messages: list(response, 'getOutgoingMessagesList', (sent) => ({
      target: fromAddress(call(sent, 'getTarget')),
      argument: fromValue(call(sent, 'getArgument')),
    })),
    delayed: list(response, 'getDelayedInvocationsList', fromDelayed),
    egresses: list(response, 'getOutgoingEgressesList', (egress) => ({
      egress: typename(`${call<string>(egress, 'getEgressNamespace')}/${call<string>(egress, 'getEgressType')}`),
      argument: fromValue(call(egress, 'getArgument')),
    })),
  };
}

function fromDelayed(delayed: SdkMessage): DelayedRequest {
  const token = call<string>(delayed, 'getCancellationToken') || null;
  return call<boolean>(delayed, 'getIsCancellationRequest')
    ? { type: 'cancel', token }
    : {
        type: 'send',
        delayMillis: call(delayed, 'getDelayInMs'),
        target: fromAddress(call(delayed, 'getTarget')),
        argument: fromValue(call(delayed, 'getArgument')),
        token,
      };
}

function toSpec({ name, typename: type, expiration }: StateSpec): SdkMessage {
  return make('FromFunction.PersistedValueSpec', {
    setStateName: name,
    setTypeTypename: type,
    setExpirationSpec:
      expiration === null
        ? null
        : make('FromFunction.ExpirationSpec', {
            setMode: expiration.mode === 'after-write' ? 1 : 2,
            setExpireAfterMillis: expiration.millis,
          }),
  });
}

function fromSpec(spec: SdkMessage): StateSpec {
  const expiration = call<SdkMessage | null>(spec, 'getExpirationSpec');
  return {
    name: call(spec, 'getStateName'),
    typename: call(spec, 'getTypeTypename'),
    expiration:
      expiration === null || expiration === undefined
        ? null
        : {
            mode: call<number>(expiration, 'getMode') === 1 ? 'after-write' : 'after-invoke',
            millis: call(expiration, 'getExpireAfterMillis'),
          },
  };
}
