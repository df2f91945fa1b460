/**
 * The SDK's declarations of its message builders, with `value` held to the type that `valueType` names: in its package it is
 * `any`. Everything else stays as it is, and code without `valueType`, or with a type that says nothing of its values, is
 * checked as before. The package's own declarations are what a user's compiler sees outside; they accept all that these do.
 */

/** What is replaced in a declaration file, word for word. */
type Change = readonly [from: string, to: string];

const OPTIONS = (name: string, rest: string, valueType: string): Change => [
  `export interface ${name} {\n    typename: string;\n${rest}    value: any;\n    valueType?: Type<any>${valueType};\n}`,
  `export interface ${name}<T = any> {\n    typename: string;\n${rest}    value: NoInfer<T>;\n    valueType?: Type<T>${valueType};\n}`,
];

function builder(name: string, options: string, names: string, result: string): Change {
  return [
    `export declare function ${name}({ ${names} }: ${options}): ${result};`,
    `export declare function ${name}<T = any>({ ${names} }: ${options}<T>): ${result};`,
  ];
}

export const TYPED_BUILDERS: Readonly<Record<string, readonly Change[]>> = {
  'message.d.ts': [
    OPTIONS('MessageOpts', '    id: string;\n', ' | undefined'),
    builder('messageBuilder', 'MessageOpts', 'typename, id, value, valueType', 'Message'),
    OPTIONS('EgressOpts', '', ''),
    builder('egressMessageBuilder', 'EgressOpts', 'typename, value, valueType', 'EgressMessage'),
  ],
  'egress.d.ts': [
    OPTIONS('KafkaEgressOpts', '    topic: string;\n    key?: string;\n', ''),
    builder('kafkaEgressMessage', 'KafkaEgressOpts', 'typename, topic, key, value, valueType', 'EgressMessage'),
    OPTIONS('KinesisEgressOpts', '    stream: string;\n    partitionKey: string;\n    hashKey?: string;\n', ''),
    builder('kinesisEgressMessage', 'KinesisEgressOpts', 'typename, stream, partitionKey, hashKey, value, valueType', 'EgressMessage'),
  ],
};

/** A declaration file of the SDK, by its name, as the editor's type checker gets it. */
export function withTypedBuilders(name: string, content: string): string {
  return (TYPED_BUILDERS[name] ?? []).reduce((text, [from, to]) => text.replace(from, to), content);
}
