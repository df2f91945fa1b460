import { kafkaEgressMessage, StateFun } from 'apache-flink-statefun';
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { decodeKafkaRecord, encodeKafkaRecord, encodeKinesisRecord, KINESIS_RECORD_TYPE } from '../../src/protocol/egress-records.ts';
import { shownText } from '../../src/protocol/typed-value.ts';

const bytes = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test('S24: built-in values are shown as what they hold, and no bytes are the default value', () => {
  const shown = [
    ['int', '0d01000000'],
    ['int', '0dffffffff'],
    ['int', ''],
    ['float', '0d0000c03f'],
    ['float', '0dcdcccc3d'],
    ['bool', '0801'],
    ['bool', ''],
    ['string', '0a026162'],
    ['string', ''],
    ['long', '09feffffffffffffff'],
    ['double', '09000000000000f83f'],
  ].map(([type = '', hex = '']) => shownText(`io.statefun.types/${type}`, bytes(hex)));
  expect(shown).toEqual(['1', '-1', '0', '1.5', '0.1', 'true', 'false', '"ab"', '""', '-2', '1.5']);
});

test('the SDK serializes built-in values to the bytes that are shown', () => {
  const sdk = [
    [StateFun.intType(), -77],
    [StateFun.floatType(), 2.5],
    [StateFun.booleanType(), true],
    [StateFun.stringType(), 'Grüße'],
  ] as const;
  const shown = sdk.map(([type, value]) => shownText(type.typename, type.serialize(value as never)));
  expect(shown).toEqual(['-77', '2.5', 'true', '"Grüße"']);
});

test('other types are shown as JSON where they are JSON, quoted where they are text, and not at all otherwise', () => {
  expect(shownText('a/b', encodeUtf8('{"x": 1}'))).toBe('{"x": 1}');
  expect(shownText('a/b', encodeUtf8('hello'))).toBe('"hello"');
  expect(shownText('a/b', Uint8Array.of(0, 1, 255))).toBeNull();
  expect(shownText('io.statefun.types/int', Uint8Array.of(0xff, 0x01))).toBeNull();
});

test('a Kafka record of the SDK is read, and an empty key is no key', () => {
  const message = kafkaEgressMessage({ typename: 'a/out', topic: 'topic', value: 'v' }) as unknown as {
    readonly typedValue: { getTypename(): string; getValue_asU8(): Uint8Array };
  };
  const payload = { typename: message.typedValue.getTypename(), hasValue: true, bytes: message.typedValue.getValue_asU8() };
  expect(decodeKafkaRecord(payload)).toEqual({ topic: 'topic', key: null, value: encodeUtf8('v') });
  expect(shownText(payload.typename, payload.bytes)).toBe('{"topic":"topic","key":null,"value":"v"}');
});

test('records for Kafka and Kinesis are shown with their fields', () => {
  const kafka = encodeKafkaRecord({ topic: 't', key: 'k', value: encodeUtf8('{"a":1}') });
  expect(shownText(kafka.typename, kafka.bytes)).toBe('{"topic":"t","key":"k","value":{"a":1}}');
  const kinesis = encodeKinesisRecord({ stream: 's', partitionKey: 'p', explicitHashKey: null, value: encodeUtf8('x') });
  expect(kinesis.typename).toBe(KINESIS_RECORD_TYPE);
  expect(shownText(kinesis.typename, kinesis.bytes)).toBe('{"stream":"s","partitionKey":"p","explicitHashKey":null,"value":"x"}');
});
