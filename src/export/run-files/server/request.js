/**
 * Made by the export of StateFun Studio. Reads as much of a request (ToFunction of the request-reply protocol) as it takes to say whom
 * it is for: the SDK answers what it cannot read with a bare 500, and says nothing.
 */
const INVOCATION = 100;
const TARGET = 1;
const NAMESPACE = 1;
const TYPE = 2;
const ID = 3;

/** {typename, id} of the function that is called, or null where the bytes are no such request. */
export function readTarget(bytes) {
  const invocation = fieldsOf(bytes)?.get(INVOCATION);
  const target = invocation === undefined ? undefined : fieldsOf(invocation)?.get(TARGET);
  const address = target === undefined ? null : fieldsOf(target);
  if (address === null) {
    return null;
  }
  const text = (field) => Buffer.from(address.get(field) ?? []).toString('utf8');
  return { typename: `${text(NAMESPACE)}/${text(TYPE)}`, id: text(ID) };
}

/** The last value of each field that is bytes, text or a message; null where the bytes are no message. */
function fieldsOf(bytes) {
  const fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at];
      if (byte === undefined) {
        return null;
      }
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) {
        return value;
      }
    }
    return null;
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === null || tag < 8) {
      return null;
    }
    const wire = tag % 8;
    const skipped = wire === 0 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 ? varint() : null;
    if (skipped === null) {
      return null;
    }
    if (wire !== 0) {
      if (at + skipped > bytes.length) {
        return null;
      }
      if (wire === 2) {
        fields.set(Math.floor(tag / 8), bytes.subarray(at, at + skipped));
      }
      at += skipped;
    }
  }
  return fields;
}
