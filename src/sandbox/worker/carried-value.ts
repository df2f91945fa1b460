/** The typed value that a message of the SDK's carries, as it is on the wire. */
import { apply } from './primordials.ts';

export interface RawValue {
  readonly typename: string;
  readonly base64: string;
}

/** Longer values are shown by nobody. Characters of base64. */
const MAX_LENGTH = 20_000;

interface TypedValueMethods {
  readonly getTypename: () => unknown;
  readonly getValue_asB64: () => unknown;
}

declare const proto: {
  readonly io: {
    readonly statefun: { readonly sdk: { readonly reqreply: { readonly TypedValue: { readonly prototype: TypedValueMethods } } } };
  };
};

/** Taken before user code runs, which can reach the generated classes. */
const { getTypename, getValue_asB64: getBase64 } = proto.io.statefun.sdk.reqreply.TypedValue.prototype;

/** Null where it cannot be read, or is too long to be shown. Never throws. */
export function carriedValue(message: { readonly typedValue?: unknown }): RawValue | null {
  try {
    const { typedValue } = message;
    const typename = apply(getTypename, typedValue, []);
    const base64 = apply(getBase64, typedValue, []);
    return typeof typename === 'string' && typeof base64 === 'string' && base64.length <= MAX_LENGTH ? { typename, base64 } : null;
  } catch {
    return null;
  }
}
