/** What the SDK's message builders throw for, as far as a literal call shows it. */
import type { SyntaxNode } from '@lezer/common';
import type { Typename } from '../base/ids.ts';
import { builtInFault, type BuiltInType } from '../model/built-in-range.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Problem } from '../model/problem.ts';
import { evaluate, memberOf, type Program } from './evaluate.ts';
import type { FoundSend } from './function-walk.ts';
import { messageOptions } from './message-options.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import type { SourceFile } from './source-file.ts';
import type { MessageValue, StaticValue } from './static-value.ts';
import { isTypename } from './typename-text.ts';
import { propertyNamed, propertyValue } from './syntax.ts';

export function messageProblems(
  program: Program,
  sends: readonly FoundSend[],
  type: Typename,
  file: SourceFile,
): readonly Problem<CodeProblemCode>[] {
  const problems = new Map<string, Problem<CodeProblemCode>>();
  for (const { message, to } of sends) {
    // A builder in a shared file is reported for no function: its place is not in this one's file.
    if (message.scope.file !== file) {
      continue;
    }
    const report: Report = (code, text, at = message.call) => {
      const range = { from: at.from, to: at.to };
      problems.set(`${code}:${range.from}`, { code, severity: 'error', message: text, path: file.path, range, node: functionNode(type) });
    };
    if (to.type === 'typename' && !isTypename(to.text)) {
      report('bad-target', `“${to.text}” is no typename: write namespace/name.`);
    }
    const options = messageOptions(message);
    if (options !== null && options.getChildren('Property').every((property) => property.getChild('Spread') === null)) {
      checkOptions(program, message, options, file, report);
    }
  }
  return [...problems.values()];
}

/** `at`: the call as a whole where there is none. */
type Report = (code: CodeProblemCode, text: string, at?: SyntaxNode) => void;

function checkOptions(program: Program, message: MessageValue, options: SyntaxNode, file: SourceFile, report: Report): void {
  const { builder } = message;
  const has = (name: string) => propertyNamed(options, name, file.text) !== null;
  const isEmpty = (name: string) => {
    const property = propertyNamed(options, name, file.text);
    const node = property === null ? null : propertyValue(property);
    const [value] = evaluate(program, node, { file, frame: null, self: null });
    return property === null || node?.name === 'null' || (value?.type === 'string' && value.text === '');
  };
  if (builder === 'messageBuilder' && isEmpty('id')) {
    report('message-without-id', 'A message needs the id of the instance it goes to: add id.');
  }
  if (builder === 'kafkaEgressMessage' && isEmpty('topic')) {
    report('record-without-topic', 'A Kafka record needs a topic: add topic.');
  }
  if (builder === 'kinesisEgressMessage' && (isEmpty('stream') || isEmpty('partitionKey'))) {
    report('record-without-topic', 'A Kinesis record needs stream and partitionKey: add them.');
  }
  const property = propertyNamed(options, 'value', file.text);
  const value = property === null ? null : propertyValue(property);
  if (property === null || value?.name === 'null') {
    report('message-without-value', 'A message needs a value: the SDK sends neither null nor undefined.');
  } else if (value !== null && ['ObjectExpression', 'ArrayExpression', 'BooleanLiteral'].includes(value.name) && !has('valueType')) {
    report('message-without-type', 'Only texts and whole numbers go without a type: add valueType.');
  } else {
    checkValue(program, options, message, (code, text) => report(code, text, value ?? property));
  }
}

/** Of a value with several possible constants one that does not fit is enough: that branch throws. */
function checkValue(program: Program, options: SyntaxNode, { scope }: MessageValue, report: Report): void {
  const object: StaticValue = { type: 'object', node: options, scope };
  const written = propertyNamed(options, 'valueType', scope.file.text);
  const [type, ...others] = written === null ? [] : memberOf(program, [object], 'valueType');
  const isKnown = type?.type === 'value-type' && others.length === 0;
  for (const value of memberOf(program, [object], 'value')) {
    const constant = value.type === 'string' ? value.text : value.type === 'number' ? value.value : undefined;
    if (constant === undefined) {
      continue;
    }
    // The SDK takes a safe whole number for an int.
    if (written === null && typeof constant === 'number' && !Number.isSafeInteger(constant)) {
      report('message-without-type', `Only texts and whole numbers go without a type, and ${constant} is neither: add valueType.`);
      return;
    }
    const builtIn = written === null ? (typeof constant === 'number' ? 'int' : 'string') : isKnown ? builtInType(type) : null;
    const fault = builtIn === null ? null : builtInFault(builtIn, constant);
    if (fault !== null) {
      report('value-does-not-fit', `${fault.charAt(0).toUpperCase()}${fault.slice(1)}.`);
      return;
    }
  }
}

function builtInType({ codec, text }: StaticValue & { readonly type: 'value-type' }): BuiltInType | null {
  return codec === 'built-in' && (text === 'int' || text === 'float' || text === 'boolean' || text === 'string') ? text : null;
}
