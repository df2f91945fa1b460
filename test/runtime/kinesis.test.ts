import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { typename } from '../../src/base/ids.ts';
import { encodeUtf8 } from '../../src/base/text-encoding.ts';
import { encodeKinesisRecord } from '../../src/protocol/egress-records.ts';
import { encodeFromFunction } from '../../src/protocol/wire-codec.ts';
import { hashKey, shardOfKey } from '../../src/runtime/kinesis-partitioner.ts';
import { md5 } from '../../src/runtime/md5.ts';
import { configOf, EngineDriver, kafkaIngress, moduleOf, settingsOf } from '../support/engine-driver.ts';
import { answerCall } from '../support/fake-functions.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

test('MD5 gives the values of RFC 1321', () => {
  const vectors: readonly (readonly [string, string])[] = [
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', 'd174ab98d277d9f5a5611c2c9f419d9f'],
    ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
  ];
  expect(vectors.map(([text]) => hex(md5(encodeUtf8(text))))).toEqual(vectors.map(([, hash]) => hash));
});

test('MD5 is what OpenSSL makes of any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(hex(md5(bytes))).toBe(createHash('md5').update(bytes).digest('hex'));
    }),
  );
});

test('shards split the 128 bits of the hash evenly, the last one with what is left', () => {
  // The ranges that the Kinesis documentation shows for a stream of three shards.
  const starts = ['0', '113427455640312821154458202477256070485', '226854911280625642308916404954512140970'];
  const ends = [
    '113427455640312821154458202477256070484',
    '226854911280625642308916404954512140969',
    '340282366920938463463374607431768211455',
  ];
  expect(starts.map((key) => shardOfKey('any', key, 3))).toEqual([0, 1, 2]);
  expect(ends.map((key) => shardOfKey('any', key, 3))).toEqual([0, 1, 2]);
});

test('a record goes to the shard of its key’s hash, or of the hash key that it names', () => {
  expect(hashKey('abc').toString(16)).toBe('900150983cd24fb0d6963f7d28e17f72');
  expect([2, 4, 16].map((shards) => shardOfKey('abc', null, shards))).toEqual([1, 2, 9]);
  expect([2, 4, 16].map((shards) => shardOfKey('a', null, shards))).toEqual([0, 0, 0]);
  expect(shardOfKey('abc', '0', 4)).toBe(0);
  expect(shardOfKey('abc', 'not a number', 4)).toBe(2);
});

test('streams that an ingress reads or an egress writes are spread so, and Kafka’s topics beside them as Kafka does', () => {
  const kinesis = { connector: 'kinesis', kind: 'io.statefun.kinesis.v1/ingress' } as const;
  const module = moduleOf({
    ingresses: [kafkaIngress('t/in', 'stream', ['t/f'], kinesis), kafkaIngress('t/kafka', 'topic', ['t/g'])],
    egresses: [
      {
        type: 'egress',
        kind: 'io.statefun.kinesis.v1/egress',
        connector: 'kinesis',
        id: typename('t/out'),
        delivery: 'at-least-once',
        transactionTimeout: null,
      },
    ],
  });
  const driver = new EngineDriver(configOf({ module, settings: settingsOf({ partitions: 4 }) }));
  driver.answer = (request) => ({
    ...answerCall(driver.functions, request),
    outcome: {
      type: 'replied',
      reply: encodeFromFunction({
        type: 'result',
        mutations: [],
        messages: [],
        delayed: [],
        egresses: [null, '340282366920938463463374607431768211455'].map((explicitHashKey) => ({
          egress: typename('t/out'),
          argument: encodeKinesisRecord({ stream: 'written', partitionKey: 'abc', explicitHashKey, value: encodeUtf8('x') }),
        })),
      }),
    },
  });
  driver.produce('stream', 'abc', []);
  driver.produce('topic', 'abc', []);
  driver.run();
  expect(driver.events('record-produced').map(({ topic, partition }) => [topic, partition])).toEqual([
    ['stream', 2],
    // murmur2('abc') = 479470107, as in Kafka's own tests.
    ['topic', 479470107 % 4],
  ]);
  expect(
    driver
      .events('egress-written')
      .slice(0, 2)
      .map(({ partition }) => partition),
  ).toEqual([2, 3]);
});
