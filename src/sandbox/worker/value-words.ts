/**
 * Why the SDK could not serialize a value, where google-protobuf says no more than “Assertion failed”. The error that code
 * sees is left as it is: the words are kept beside it. Watches from the moment it is loaded, which is before user code runs.
 */
import { builtInFault } from '../../model/built-in-range.ts';
import { getPrototypeOf, NativeError, NativeWeakMap, weakMapGet, weakMapSet } from './primordials.ts';
import { StateFun } from './sdk.ts';

interface Serializer {
  serialize: (this: { readonly typename: string }, value: unknown) => unknown;
}

const MEANINGLESS = 'Assertion failed';
const words = new NativeWeakMap<object, string>();

/** What is wrong with the value that this error is about, or null. */
export function valueWords(error: object): string | null {
  return weakMapGet(words, error) ?? null;
}

function watch(prototype: Serializer, faultOf: (typename: string, value: unknown) => string | null): void {
  const native = Function.prototype.call.bind(prototype.serialize) as (self: unknown, value: unknown) => unknown;
  prototype.serialize = function serialize(value) {
    try {
      return native(this, value);
    } catch (error) {
      if (error instanceof NativeError && error.message === MEANINGLESS) {
        const fault = faultOf(this.typename, value);
        if (fault !== null) {
          weakMapSet(words, error, fault);
        }
      }
      throw error;
    }
  };
}

function builtInWords(typename: string, value: unknown): string | null {
  switch (typename) {
    case 'io.statefun.types/int':
      return builtInFault('int', value);
    case 'io.statefun.types/float':
      return builtInFault('float', value);
    case 'io.statefun.types/bool':
      return builtInFault('boolean', value);
    default:
      return null;
  }
}

watch(getPrototypeOf(getPrototypeOf(StateFun.intType()) ?? {}) as Serializer, builtInWords);
watch(
  getPrototypeOf(StateFun.protoType('studio/any', {} as never)) as Serializer,
  (typename) =>
    `a field of this ${typename} message holds what its protobuf type does not, such as a number beyond 32 bits or a text in place of a number`,
);
