/** The types that the value of a message to be sent may have: given with `valueType`, or what the SDK takes by itself. */
import type { SyntaxNode } from '@lezer/common';
import type { ValueTypeFact } from '../model/code-facts.ts';
import { evaluate, memberOf, type Program } from './evaluate.ts';
import { messageOptions } from './message-options.ts';
import { allOf, wireTypename, type MessageValue, type StaticValue } from './static-value.ts';
import { argumentsOf, propertyNamed, propertyValue } from './syntax.ts';

const STRING: ValueTypeFact = { typename: wireTypename('string'), name: 'string' };
const INT: ValueTypeFact = { typename: wireTypename('int'), name: 'int' };

/** Null where it is not known for sure. */
export function sentTypes(program: Program, message: MessageValue): readonly ValueTypeFact[] | null {
  const { scope } = message;
  const options = messageOptions(message);
  if (options === null) {
    const given = evaluate(program, argumentsOf(message.call)[0] ?? null, scope);
    return typesIn(allOf(given, 'object') === null ? [] : memberOf(program, given, 'valueType'));
  }
  const { text } = scope.file;
  const hasSpread = options.getChildren('Property').some((property) => property.getChild('Spread') !== null);
  const written = propertyNamed(options, 'valueType', text);
  const node = written === null ? null : propertyValue(written);
  const isAbsent = written === null || (node !== null && ['undefined', 'null'].includes(text.slice(node.from, node.to)));
  if (!isAbsent) {
    return typesIn(memberOf(program, [{ type: 'object', node: options, scope }], 'valueType'));
  }
  const value = propertyNamed(options, 'value', text);
  return hasSpread || value === null ? null : typeOfValue(program, message, options);
}

function typesIn(values: readonly StaticValue[]): readonly ValueTypeFact[] | null {
  const types = allOf(values, 'value-type');
  return types === null ? null : distinct(types.map(({ text, name }) => ({ typename: wireTypename(text), name })));
}

/** The SDK takes texts and safe whole numbers without a type. */
function typeOfValue(program: Program, message: MessageValue, options: SyntaxNode): readonly ValueTypeFact[] | null {
  const property = propertyNamed(options, 'value', message.scope.file.text);
  if (property !== null && propertyValue(property)?.name === 'TemplateString') {
    return [STRING];
  }
  const values = memberOf(program, [{ type: 'object', node: options, scope: message.scope }], 'value');
  const types = values.map((value) =>
    value.type === 'string' || value.type === 'prefix' ? STRING : value.type === 'number' && Number.isSafeInteger(value.value) ? INT : null,
  );
  const known = types.filter((type) => type !== null);
  return known.length > 0 && known.length === types.length ? distinct(known) : null;
}

function distinct(types: readonly ValueTypeFact[]): readonly ValueTypeFact[] {
  return [...new Map(types.map((type) => [type.typename, type])).values()];
}
