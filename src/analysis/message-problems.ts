/** What the SDK's message builders throw for, as far as a literal call shows it. */
import type { SyntaxNode } from '@lezer/common';
import type { Typename } from '../base/ids.ts';
import { functionNode } from '../model/graph-ids.ts';
import type { Problem } from '../model/problem.ts';
import { evaluate, type Program } from './evaluate.ts';
import { messageOptions, type FoundSend } from './function-walk.ts';
import type { CodeProblemCode } from './problem-codes.ts';
import type { SourceFile } from './source-file.ts';
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
    const report = (code: CodeProblemCode, text: string) => {
      const range = { from: message.call.from, to: message.call.to };
      problems.set(`${code}:${range.from}`, { code, severity: 'error', message: text, path: file.path, range, node: functionNode(type) });
    };
    if (to.type === 'typename' && !isTypename(to.text)) {
      report('bad-target', `“${to.text}” is no typename: write namespace/name.`);
    }
    const options = messageOptions(message);
    if (options !== null && options.getChildren('Property').every((property) => property.getChild('Spread') === null)) {
      checkOptions(program, message.builder, options, file, report);
    }
  }
  return [...problems.values()];
}

function checkOptions(
  program: Program,
  builder: string,
  options: SyntaxNode,
  file: SourceFile,
  report: (code: CodeProblemCode, text: string) => void,
): void {
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
  }
}
