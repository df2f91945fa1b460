/** A recorded request or reply as indented text with values decoded: what the Messages panel shows. */
import { ABSENT } from './absent-state.ts';
import type { StateMutation, TypedValue, WireAddress } from './messages.ts';
import { shownText } from './typed-value.ts';
import { decodeFromFunction, decodeToFunction } from './wire-codec.ts';

/** Falls back to a line that says why the bytes cannot be read. */
export function requestText(bytes: Uint8Array): string {
  const decoded = decodeToFunction(bytes);
  if (!decoded.ok) {
    return `not a ToFunction: ${decoded.error}`;
  }
  const { target, states, messages } = decoded.value;
  const lines = ['ToFunction', `  target ${addressText(target)}`];
  for (const { name, value } of states) {
    lines.push(`  state ${name}: ${value === null ? ABSENT : valueText(value)}`);
  }
  for (const { caller, argument } of messages) {
    lines.push(`  invocation${caller === null ? '' : ` from ${addressText(caller)}`}: ${valueText(argument)}`);
  }
  return lines.join('\n');
}

export function replyText(bytes: Uint8Array): string {
  const decoded = decodeFromFunction(bytes);
  if (!decoded.ok) {
    return `not a FromFunction: ${decoded.error}`;
  }
  const reply = decoded.value;
  if (reply.type === 'incomplete') {
    const specs = reply.missing.map(({ name, typename, expiration }) => {
      const expires = expiration === null ? '' : `, expires ${expiration.millis} ms ${expiration.mode.replace('-', ' ')}`;
      return `  missing ${name}: ${typename}${expires}`;
    });
    return ['FromFunction, incomplete invocation context', ...specs].join('\n');
  }
  const lines = ['FromFunction'];
  for (const { target, argument } of reply.messages) {
    lines.push(`  send to ${addressText(target)}: ${valueText(argument)}`);
  }
  for (const delayed of reply.delayed) {
    lines.push(
      delayed.type === 'cancel'
        ? `  cancel ${delayed.token ?? '(no token)'}`
        : `  send after ${delayed.delayMillis} ms to ${addressText(delayed.target)}${delayed.token === null ? '' : `, token ${delayed.token}`}: ${valueText(delayed.argument)}`,
    );
  }
  for (const { egress, argument } of reply.egresses) {
    lines.push(`  egress ${egress}: ${valueText(argument)}`);
  }
  lines.push(...reply.mutations.map(mutationText));
  return lines.length === 1 ? 'FromFunction, no effects' : lines.join('\n');
}

function mutationText({ type, name, value }: StateMutation): string {
  return type === 'delete' ? `  delete ${name}` : `  set ${name}: ${value === null ? '(no value)' : valueText(value)}`;
}

function addressText({ typename, id }: WireAddress): string {
  return `${typename} / ${id}`;
}

function valueText({ typename, hasValue, bytes }: TypedValue): string {
  const shown = shownText(typename, bytes);
  const text = shown ?? `${bytes.length} bytes`;
  return hasValue || bytes.length > 0 ? `${typename} ${text}` : `${typename} (no value)`;
}
