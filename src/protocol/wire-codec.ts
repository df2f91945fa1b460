/** Bytes of ToFunction and FromFunction, by the generated schema. Replies are untrusted: decoding never throws. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { typename } from '../base/ids.ts';
import type { Typename } from '../base/ids.ts';
import { err, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import {
  FromFunctionSchema,
  FromFunction_ExpirationSpec_ExpireMode as ExpireMode,
  FromFunction_PersistedValueMutation_MutationType as MutationType,
  ToFunctionSchema,
} from './generated/request-reply_pb.ts';
import type {
  Address,
  FromFunction_DelayedInvocation,
  FromFunction_InvocationResponse,
  FromFunction_PersistedValueSpec,
  TypedValue as WireValue,
} from './generated/request-reply_pb.ts';
import type { DelayedRequest, FunctionReply, InvocationRequest, InvocationResult, StateSpec, TypedValue, WireAddress } from './messages.ts';

/** The parts of a typename; a name without a slash has no namespace. */
export function splitTypename(name: Typename): { readonly namespace: string; readonly name: string } {
  const slash = name.indexOf('/');
  return slash < 0 ? { namespace: '', name } : { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
}

export function encodeToFunction(request: InvocationRequest): Uint8Array {
  return toBinary(
    ToFunctionSchema,
    create(ToFunctionSchema, {
      request: {
        case: 'invocation',
        value: {
          target: toWireAddress(request.target),
          state: request.states.map((state) =>
            state.value === null ? { stateName: state.name } : { stateName: state.name, stateValue: toWireValue(state.value) },
          ),
          invocations: request.messages.map((message) =>
            message.caller === null
              ? { argument: toWireValue(message.argument) }
              : { caller: toWireAddress(message.caller), argument: toWireValue(message.argument) },
          ),
        },
      },
    }),
  );
}

/** For showing a recorded request. The error says why the bytes are no ToFunction with an invocation. */
export function decodeToFunction(bytes: Uint8Array): Result<InvocationRequest, string> {
  return guarded(() => {
    const { request } = fromBinary(ToFunctionSchema, bytes);
    if (request.case === undefined) {
      return err('the request holds no invocation');
    }
    const batch = request.value;
    return ok({
      target: fromWireAddress(batch.target),
      states: batch.state.map((state) => ({
        name: state.stateName,
        value: state.stateValue === undefined ? null : fromWireValue(state.stateValue),
      })),
      messages: batch.invocations.map((invocation) => ({
        caller: invocation.caller === undefined ? null : fromWireAddress(invocation.caller),
        argument: fromWireValue(invocation.argument),
      })),
    });
  });
}

/**
 * A function's answer. An answer without a response is one without effects (S61, empty body). Byte fields are copies:
 * nothing keeps the buffer that the reply came in alive.
 */
export function decodeFromFunction(bytes: Uint8Array): Result<FunctionReply, string> {
  return guarded<FunctionReply>(() => {
    const { response } = fromBinary(FromFunctionSchema, bytes);
    switch (response.case) {
      case 'invocationResult':
        return ok(fromWireResult(response.value));
      case 'incompleteInvocationContext':
        return ok({ type: 'incomplete', missing: response.value.missingValues.map(fromWireSpec) });
      case undefined:
        return ok({ type: 'result', mutations: [], messages: [], delayed: [], egresses: [] });
    }
  });
}

/** The answer a function would give: for stand-ins' tests and hosts that are not the SDK. */
export function encodeFromFunction(reply: FunctionReply): Uint8Array {
  if (reply.type === 'incomplete') {
    return toBinary(
      FromFunctionSchema,
      create(FromFunctionSchema, {
        response: { case: 'incompleteInvocationContext', value: { missingValues: reply.missing.map(toWireSpec) } },
      }),
    );
  }
  return toBinary(
    FromFunctionSchema,
    create(FromFunctionSchema, {
      response: {
        case: 'invocationResult',
        value: {
          stateMutations: reply.mutations.map(({ type, name, value }) => ({
            mutationType: type === 'delete' ? MutationType.DELETE : MutationType.MODIFY,
            stateName: name,
            ...(value === null ? {} : { stateValue: toWireValue(value) }),
          })),
          outgoingMessages: reply.messages.map(({ target, argument }) => ({
            target: toWireAddress(target),
            argument: toWireValue(argument),
          })),
          delayedInvocations: reply.delayed.map(toWireDelayed),
          outgoingEgresses: reply.egresses.map(({ egress, argument }) => {
            const { namespace, name } = splitTypename(egress);
            return { egressNamespace: namespace, egressType: name, argument: toWireValue(argument) };
          }),
        },
      },
    }),
  );
}

function fromWireResult(result: FromFunction_InvocationResponse): InvocationResult {
  return {
    type: 'result',
    mutations: result.stateMutations.map((mutation) => ({
      // Anything but DELETE stores a value (S35).
      type: mutation.mutationType === MutationType.DELETE ? 'delete' : 'modify',
      name: mutation.stateName,
      value: mutation.stateValue === undefined ? null : fromWireValue(mutation.stateValue),
    })),
    messages: result.outgoingMessages.map(({ target, argument }) => ({
      target: fromWireAddress(target),
      argument: fromWireValue(argument),
    })),
    delayed: result.delayedInvocations.map(fromWireDelayed),
    egresses: result.outgoingEgresses.map((message) => ({
      egress: typename(`${message.egressNamespace}/${message.egressType}`),
      argument: fromWireValue(message.argument),
    })),
  };
}

function fromWireDelayed(delayed: FromFunction_DelayedInvocation): DelayedRequest {
  const token = delayed.cancellationToken === '' ? null : delayed.cancellationToken;
  return delayed.isCancellationRequest
    ? { type: 'cancel', token }
    : {
        type: 'send',
        delayMillis: Number(delayed.delayInMs),
        target: fromWireAddress(delayed.target),
        argument: fromWireValue(delayed.argument),
        token,
      };
}

function toWireDelayed(delayed: DelayedRequest) {
  return delayed.type === 'cancel'
    ? { isCancellationRequest: true, cancellationToken: delayed.token ?? '' }
    : {
        delayInMs: BigInt(delayed.delayMillis),
        target: toWireAddress(delayed.target),
        argument: toWireValue(delayed.argument),
        cancellationToken: delayed.token ?? '',
      };
}

function fromWireSpec(spec: FromFunction_PersistedValueSpec): StateSpec {
  const { expirationSpec } = spec;
  const expiration =
    expirationSpec === undefined || expirationSpec.mode === ExpireMode.NONE
      ? null
      : {
          mode: expirationSpec.mode === ExpireMode.AFTER_WRITE ? ('after-write' as const) : ('after-invoke' as const),
          millis: Number(expirationSpec.expireAfterMillis),
        };
  return { name: spec.stateName, typename: spec.typeTypename, expiration };
}

function toWireSpec({ name, typename, expiration }: StateSpec) {
  return expiration === null
    ? { stateName: name, typeTypename: typename }
    : {
        stateName: name,
        typeTypename: typename,
        expirationSpec: {
          mode: expiration.mode === 'after-write' ? ExpireMode.AFTER_WRITE : ExpireMode.AFTER_INVOKE,
          expireAfterMillis: BigInt(expiration.millis),
        },
      };
}

function toWireAddress(address: WireAddress) {
  const { namespace, name } = splitTypename(address.typename);
  return { namespace, type: name, id: address.id };
}

function fromWireAddress(address: Address | undefined): WireAddress {
  return address === undefined
    ? { typename: typename('/'), id: '' }
    : { typename: typename(`${address.namespace}/${address.type}`), id: address.id };
}

function toWireValue(value: TypedValue) {
  return { typename: value.typename, hasValue: value.hasValue, value: value.bytes };
}

/** A missing argument is an empty TypedValue (S37). */
function fromWireValue(value: WireValue | undefined): TypedValue {
  return value === undefined
    ? { typename: '', hasValue: false, bytes: new Uint8Array(0) }
    : { typename: value.typename, hasValue: value.hasValue, bytes: value.value.slice() };
}

function guarded<T>(decode: () => Result<T, string>): Result<T, string> {
  try {
    return decode();
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
