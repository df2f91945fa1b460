/** Values as scenarios write them, to typed values and back. The built-in types take JSON's numbers, texts and booleans. */
import { fromBase64, toBase64 } from '../../base/base64.ts';
import type { JsonValue } from '../../base/json.ts';
import { err, ok } from '../../base/result.ts';
import type { Result } from '../../base/result.ts';
import { encodeUtf8, tryDecodeUtf8 } from '../../base/text-encoding.ts';
import { builtInForm, typedValueOf } from '../../protocol/entered-value.ts';
import type { TypedValue } from '../../protocol/messages.ts';
import { jsonOf } from '../expect/values.ts';
import type { Payload } from '../scenario.ts';

/** The error says what the type takes. */
export function encodePayload(typename: string, payload: Payload): Result<TypedValue, string> {
  const form = builtInForm(typename);
  const typed = (bytes: Uint8Array): Result<TypedValue, string> => ok({ typename, hasValue: true, bytes });
  switch (payload.type) {
    case 'base64':
      return typed(fromBase64(payload.base64));
    case 'text':
      return form === null || form === 'string'
        ? entered(typename, form ?? 'text', payload.text)
        : err(`${typename} takes json: a ${form}.`);
    case 'json': {
      if (form === null) {
        return typed(encodeUtf8(JSON.stringify(payload.value)));
      }
      const fits = form === 'string' ? 'string' : form === 'boolean' ? 'boolean' : 'number';
      return typeof payload.value === fits ? entered(typename, form, String(payload.value)) : err(`${typename} takes a ${fits}.`);
    }
    case 'tombstone':
      return err('A value of a message or a state is there: write json, text or base64.');
  }
}

function entered(typename: string, form: NonNullable<ReturnType<typeof builtInForm>>, text: string): Result<TypedValue, string> {
  const value = typedValueOf({ typename, form, text });
  return value.ok ? value : err(value.error.message);
}

/** The form in which a value reads best and comes back as the same bytes. */
export function payloadOf({ typename, bytes }: Pick<TypedValue, 'typename' | 'bytes'>): Payload {
  const json = jsonOf({ typename, bytes });
  const text = tryDecodeUtf8(bytes);
  const candidates: Payload[] = [
    ...(json === undefined || !isExact(json) ? [] : [{ type: 'json' as const, value: json }]),
    ...(text === null ? [] : [{ type: 'text' as const, text }]),
  ];
  const same = candidates.find((payload) => {
    const encoded = encodePayload(typename, payload);
    return encoded.ok && toBase64(encoded.value.bytes) === toBase64(bytes);
  });
  return same ?? { type: 'base64', base64: toBase64(bytes) };
}

/** YAML's reader refuses whole numbers that a double does not hold exactly. */
function isExact(value: JsonValue): boolean {
  if (typeof value === 'number') {
    return !Number.isInteger(value) || Number.isSafeInteger(value);
  }
  return typeof value !== 'object' || value === null || Object.values(value as Readonly<Record<string, JsonValue>>).every(isExact);
}
