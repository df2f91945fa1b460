/** module-yaml.md §4, kind by kind: what a value does, and when. `[]` means that nothing is said against it. */
import { describe, expect, it } from 'vitest';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { beside, component, faults, verdicts } from '../support/module-text.ts';

type Row = readonly [line: string, verdicts: readonly string[]];

/** The component's lines, with one field replaced or added. A line `-key` takes a field away. */
function withLine(kind: string, base: Readonly<Record<string, string>>, line: string): string {
  const key = /^-?([^:]+)/.exec(line)?.[1] ?? '';
  const fields = Object.entries(base).flatMap(([name, value]) => (name === key ? [] : [`${name}: ${value}`]));
  return beside(component(kind, ...fields, ...(line.startsWith('-') || line === '' ? [] : [line])));
}

function rows(kind: string, base: Readonly<Record<string, string>>, table: readonly Row[]): void {
  it.each(table)('%s gives %j', (line, expected) => {
    expect(verdicts(withLine(kind, base, line))).toEqual(expected);
  });
}

const ROUTE = 'valueType: a.b/c, targets: [shop/order]';

describe('io.statefun.endpoints.v2/http', () => {
  rows('io.statefun.endpoints.v2/http', { functions: 'a/*', urlPathTemplate: '"http://h:80/"' }, [
    ['', []],
    ['-functions', ['missing-field@load']],
    ['functions: a/b', []],
    ['functions: a*/b', ['bad-pattern@load']],
    ['functions: "*/*"', ['bad-pattern@load']],
    ['functions: a/b*', ['bad-pattern@load']],
    ['functions: a', ['bad-typename@load']],
    ['functions: [a/b]', ['wrong-type@load']],
    ['functions: 12', ['bad-typename@load']],
    ['-urlPathTemplate', ['missing-field@load']],
    ['urlPathTemplate: h', ['bad-url@call']],
    ['maxNumBatchRequests: "100"', []],
    ['maxNumBatchRequests: " 100 "', []],
    ['maxNumBatchRequests: 10.9', []],
    ['maxNumBatchRequests: 1e3', []],
    ['maxNumBatchRequests: 0100', ['yaml-typing']],
    ['maxNumBatchRequests: 2147483648', ['bad-number@load']],
    ['maxNumBatchRequests: many', ['bad-number@load']],
    ['maxNumBatchRequests: true', ['bad-number@load']],
    ['maxNumBatchRequests: [1]', ['bad-number@load']],
    ['maxNumBatchRequests: 0o144', ['bad-number@load']],
    ['maxNumBatchRequests: 0', ['unlimited-batch']],
    ['maxNumBatchRequests: -1', ['unlimited-batch']],
    ['transport:', ['null-field@load']],
    ['transport: async', ['wrong-type@load']],
    ['transport: []', ['wrong-type@load']],
    ['transport: {}', []],
    ['transport: {type: io.statefun.transports.v1/async}', []],
    ['transport: {type: io.statefun.transports.v1/okhttp}', []],
    ['transport: {type: okhttp}', ['bad-typename@load']],
    ['transport: {type: io.statefun.transports.v1/netty}', ['bad-choice@load']],
    ['transport: {type: 12}', ['wrong-type@load']],
    ['transport: {call: 0s, connect: 1 min, pool_ttl: 0s}', ['bad-duration']],
    ['transport: {call: 1.5s}', ['bad-duration@call']],
    ['transport: {call: 1m 30s}', ['bad-duration@call']],
    ['transport: {call: 1000}', []],
    ['transport: {call: 1e3}', ['bad-duration@call']],
    ['transport: {pool_size: 0}', ['bad-number@call']],
    ['transport: {pool_size: "256"}', []],
    ['transport: {pool_size: 1.5}', []],
    ['transport: {payload_max_bytes: -1}', []],
    ['transport: {client_cert: a.pem}', ['half-certificate']],
    ['transport: {client_cert: a.pem, client_key: b.pem}', []],
    ['transport: {timeouts: {call: 0s}}', ['bad-duration@call']],
    ['transport: {timeouts: {call: 5s}, call: 10s}', ['ignored-field']],
    ['transport: {timeouts: {read: rubbish}}', ['ignored-field']],
    ['transport: {type: io.statefun.transports.v1/okhttp, call: 1 min}', ['ignored-field']],
    ['transport: {type: io.statefun.transports.v1/okhttp, timeouts: {call: 5s}}', ['timeout-order@call']],
    ['transport: {type: io.statefun.transports.v1/okhttp, timeouts: {call: 10s}}', []],
    ['transport: {type: io.statefun.transports.v1/okhttp, timeouts: {read: 2 min}}', ['timeout-order@call']],
    ['transport: {type: io.statefun.transports.v1/okhttp, timeouts: {call: 25 d}}', ['bad-duration@call']],
    ['transport: {type: io.statefun.transports.v1/okhttp, timeouts: {call: 0s}}', ['bad-duration@call']],
  ]);

  const definitionOf = (line: string) =>
    decodeModule(beside(component('io.statefun.endpoints.v2/http', 'functions: a/*', 'urlPathTemplate: http://h/', line))).components.at(-1)
      ?.definition;

  it.each([
    ['maxNumBatchRequests: "100"', 100],
    ['maxNumBatchRequests: 10.9', 10],
    ['maxNumBatchRequests: 1e3', 1000],
    ['maxNumBatchRequests: 0100', 64],
    ['maxNumBatchRequests:', 0],
    ['maxNumBatchRequests: ""', 0],
  ])('%s counts as %i', (line, value) => {
    expect(definitionOf(line)).toMatchObject({ maxNumBatchRequests: value });
  });

  it.each([
    ['transport: {}', 'async', { call: 120_000, connect: 20_000 }],
    ['transport: {call: 5s}', 'async', { call: 5000, connect: 20_000 }],
    ['transport: {call: 5s, timeouts: {connect: 1s}}', 'async', { call: 60_000, connect: 1000 }],
    ['transport: {type: io.statefun.transports.v1/okhttp}', 'okhttp', { call: 60_000, connect: 10_000, read: 10_000, write: 10_000 }],
    [
      'transport: {type: io.statefun.transports.v1/okhttp, timeouts: {call: 2 min, read: 1 min}}',
      'okhttp',
      { call: 120_000, read: 60_000 },
    ],
  ])('%s gives %s with %j', (line, transport, timeouts) => {
    expect(definitionOf(line)).toMatchObject({ transport, timeouts });
  });
});

describe('io.statefun.endpoints.v1/http', () => {
  rows('io.statefun.endpoints.v1/http', { functions: 'a/*', urlPathTemplate: '"http://h:80/"' }, [
    ['', []],
    ['urlPathTemplate: 12', ['wrong-type@load']],
    ['maxNumBatchRequests: 100', []],
    ['maxNumBatchRequests: "100"', ['bad-number@load']],
    ['maxNumBatchRequests: 10.9', ['bad-number@load']],
    ['maxNumBatchRequests:', ['bad-number@load']],
    ['timeouts: {call: 5s}', ['timeout-order@call']],
    ['timeouts: {call: 1 min}', []],
    ['transport: {}', ['ignored-field']],
  ]);
});

describe('io.statefun.kafka.v1/ingress', () => {
  const base = { id: 'shop/in', address: 'kafka:9092', consumerGroupId: 'g', topics: `[{topic: t, ${ROUTE}}]` };
  rows('io.statefun.kafka.v1/ingress', base, [
    ['', []],
    ['-id', ['missing-field@load']],
    ['-address', ['missing-field@load']],
    ['address: kafka', ['address-without-port']],
    ['address: 9092', ['address-without-port']],
    ['address: "a:1,b:2"', []],
    ['address: "a:1, b"', ['address-without-port']],
    ['address: [a]', ['wrong-type@load']],
    ['-consumerGroupId', ['missing-field@load']],
    ['consumerGroupId: 010', ['yaml-typing']],
    ['consumerGroupId: yes', ['yaml-typing']],
    ['consumerGroupId: 12', []],
    ['-topics', ['missing-field@load']],
    ['topics: []', ['no-routes@load']],
    ['topics: t', ['wrong-type@load']],
    [`topics: [{${ROUTE}}]`, ['missing-field@load']],
    [`topics: [{topic: 0777, ${ROUTE}}]`, ['yaml-typing']],
    [`topics: [{topic: 2024, ${ROUTE}}]`, []],
    [`topics: [{topic: t, ${ROUTE}}, {topic: t, ${ROUTE}}]`, ['duplicate-topic']],
    ['topics: [{topic: t, targets: [shop/order]}]', ['missing-field@load']],
    ['topics: [{topic: t, valueType: plain, targets: [shop/order]}]', ['bare-value-type']],
    ['topics: [{topic: t, valueType: a/b/c, targets: [shop/order]}]', []],
    ['topics: [{topic: t, valueType: "", targets: [shop/order]}]', []],
    ['topics: [{topic: t, valueType: 12, targets: [shop/order]}]', ['wrong-type@load']],
    ['topics: [{topic: t, valueType: true, targets: [shop/order]}]', ['wrong-type@load']],
    ['topics: [{topic: t, valueType: null, targets: [shop/order]}]', ['null-field@load']],
    ['topics: [{topic: t, valueType: a/b}]', ['missing-field@load']],
    ['topics: [{topic: t, valueType: a/b, targets: shop/order}]', ['targets-not-a-list']],
    ['topics: [{topic: t, valueType: a/b, targets: -shop/order}]', ['targets-not-a-list']],
    ['topics: [{topic: t, valueType: a/b, targets: null}]', ['no-targets']],
    ['topics: [{topic: t, valueType: a/b, targets: []}]', ['no-targets']],
    ['topics: [{topic: t, valueType: a/b, targets: {x: shop/order}}]', ['targets-not-a-list']],
    ['topics: [{topic: t, valueType: a/b, targets: [shop/*]}]', ['wildcard-target']],
    ['topics: [{topic: t, valueType: a/b, targets: [order]}]', ['bad-typename@load']],
    ['autoOffsetResetPosition: EARLIEST', []],
    ['autoOffsetResetPosition: none', ['bad-choice@load']],
    ['startupPosition:', ['null-field@load']],
    ['startupPosition: earliest', ['wrong-type@load']],
    ['startupPosition: {}', ['missing-field@load']],
    ['startupPosition: {type: earliest}', []],
    ['startupPosition: {type: EARLIEST}', ['bad-choice@load']],
    ['startupPosition: {type: newest}', ['bad-choice@load']],
    ['startupPosition: {type: group-offsets}', []],
    ['startupPosition: {type: earliest, date: rubbish}', ['ignored-field']],
    ['startupPosition: {type: specific-offsets}', ['missing-field@load']],
    ['startupPosition: {type: specific-offsets, offsets: []}', ['bad-offset@load']],
    ['startupPosition: {type: specific-offsets, offsets: [{t/0: 5}]}', []],
    ['startupPosition: {type: specific-offsets, offsets: [{t/0: "5"}]}', []],
    ['startupPosition: {type: specific-offsets, offsets: [{t/-1: 5}]}', ['bad-offset@load']],
    ['startupPosition: {type: specific-offsets, offsets: [{t: 5}]}', ['bad-offset@load']],
    ['startupPosition: {type: specific-offsets, offsets: [{t/0: five}]}', ['bad-offset']],
    ['startupPosition: {type: specific-offsets, offsets: [{u/0: 5}]}', ['offset-of-unread-topic']],
    ['startupPosition: {type: date, date: 2024-02-29 04:15:00.000 +0000}', []],
    ['startupPosition: {type: date, date: 2020-02-01 04:15:00.00 Z}', ['bad-date@load']],
    ['startupPosition: {type: date, date: 1969-12-31 00:00:00.000 +0000}', ['bad-date@start']],
    ['startupPosition: {type: date}', ['missing-field@load']],
    ['properties: [{a: b}, {c: d}]', []],
    ['properties: {a: b}', ['properties-not-a-list@load']],
    ['properties: [text]', ['bad-property@load']],
    ['properties: [{}]', ['bad-property@load']],
    ['properties: [{a: b, c: d}]', ['bad-property']],
    ['properties: text', ['properties-not-a-list']],
    ['properties:', ['null-field@load']],
    ['properties: [{a: off}]', ['yaml-typing']],
    ['properties: [{flink.partition-discovery.interval-millis: often}]', ['bad-number@start']],
  ]);

  it('takes the address and the group from the properties', () => {
    const lines = ['id: shop/in', `topics: [{topic: t, ${ROUTE}}]`, 'properties: [{bootstrap.servers: "k:1"}, {group.id: g}]'];
    expect(verdicts(beside(component('io.statefun.kafka.v1/ingress', ...lines)))).toEqual([]);
  });

  const definitionOf = (line: string) => decodeModule(withLine('io.statefun.kafka.v1/ingress', base, line)).components.at(-1)?.definition;

  it.each([
    ['', { type: 'latest' }],
    ['startupPosition: {type: group-offsets}', { type: 'group-offsets' }],
    ['startupPosition: {type: date, date: 2024-02-29 04:15:00.000 +0000}', { type: 'date', at: Date.UTC(2024, 1, 29, 4, 15) }],
    [
      'startupPosition: {type: specific-offsets, offsets: [{a/b/0: word}, {t/1: 1.9}, {t/2: "100"}, {t/3: -7}]}',
      {
        type: 'specific-offsets',
        offsets: [
          { topic: 'a/b', partition: 0, offset: 0 },
          { topic: 't', partition: 1, offset: 1 },
          { topic: 't', partition: 2, offset: 100 },
          { topic: 't', partition: 3, offset: -7 },
        ],
      },
    ],
  ])('%s starts at %j', (line, startupPosition) => {
    expect(definitionOf(line)).toMatchObject({ startupPosition });
  });

  it.each([
    ['targets: shop/order', []],
    ['targets: null', []],
    ['targets: {x: shop/order, y: shop/other}', ['shop/order', 'shop/other']],
    ['targets: [shop/order, shop/order/]', ['shop/order', 'shop/order']],
    ['targets: [shop/*]', ['shop/*']],
  ])('%s routes to %j', (targets, expected) => {
    expect(definitionOf(`topics: [{topic: 0777, valueType: a/b, ${targets}}]`)).toMatchObject({
      routes: [{ topic: '511', valueType: 'a/b', targets: expected }],
    });
  });

  it('keeps the last of two entries for one topic', () => {
    expect(definitionOf('topics: [{topic: t, valueType: a/b, targets: []}, {topic: t, valueType: c/d, targets: []}]')).toMatchObject({
      routes: [{ valueType: 'c/d' }],
    });
  });
});

describe('io.statefun.kafka.v1/egress', () => {
  const base = { id: 'shop/out', address: 'kafka:9092' };
  rows('io.statefun.kafka.v1/egress', base, [
    ['', []],
    ['-id', ['missing-field@load']],
    ['-address', ['missing-field@load']],
    ['deliverySemantic:', ['null-field@load']],
    ['deliverySemantic: none', ['wrong-type@load']],
    ['deliverySemantic: {}', ['missing-field@load']],
    ['deliverySemantic: {type: none}', []],
    ['deliverySemantic: {type: None}', ['bad-choice@load']],
    ['deliverySemantic: {type: exactly-once}', ['missing-transaction-timeout@load']],
    ['deliverySemantic: {type: exactly-once, transactionTimeout: 15min}', []],
    ['deliverySemantic: {type: exactly-once, transactionTimeout: 0s}', ['bad-duration@load']],
    ['deliverySemantic: {type: exactly-once, transactionTimeout: 15mins}', ['bad-duration@load']],
    ['deliverySemantic: {type: at-least-once, transactionTimeout: rubbish}', ['ignored-field']],
    ['deliverySemantic: {type: exactly-once, transactionTimeoutMillis: "900000"}', []],
    ['deliverySemantic: {type: exactly-once, transactionTimeoutMillis: 900000, transactionTimeout: rubbish}', ['ignored-field']],
    ['deliverySemantic: {type: exactly-once, transactionTimeoutMillis: word}', ['bad-number@load']],
    ['deliverySemantic: {type: exactly-once, transactionTimeoutMillis: -1}', ['bad-number@start']],
  ]);

  it('is not satisfied with bootstrap.servers in the properties', () => {
    expect(faults(beside(component('io.statefun.kafka.v1/egress', 'id: a/b', 'properties: [{bootstrap.servers: "k:1"}]')))).toEqual([
      'missing-field@load',
    ]);
  });

  it.each([
    ['deliverySemantic: {type: exactly-once, transactionTimeout: 15min}', { delivery: 'exactly-once', transactionTimeout: 900_000 }],
    ['deliverySemantic: {type: exactly-once, transactionTimeoutMillis: 5, transactionTimeout: 15min}', { transactionTimeout: 5 }],
    ['deliverySemantic: {type: none}', { delivery: 'none', transactionTimeout: null }],
    ['', { delivery: 'at-least-once', transactionTimeout: null }],
  ])('%s is %j', (line, expected) => {
    expect(decodeModule(withLine('io.statefun.kafka.v1/egress', base, line)).components.at(-1)?.definition).toMatchObject(expected);
  });
});

describe('the Kinesis kinds', () => {
  const aws: readonly Row[] = [
    ['awsRegion: {type: default}', []],
    ['awsRegion: us-east-1', ['wrong-type@load']],
    ['awsRegion: {}', ['missing-field@load']],
    ['awsRegion: {type: specific}', ['missing-field@load']],
    ['awsRegion: {type: specific, id: mars-north-1}', []],
    ['awsRegion: {type: Specific, id: us-east-1}', ['bad-choice@load']],
    ['awsRegion: {type: custom-endpoint, id: us-east-1, endpoint: "HTTPS://h:4567"}', []],
    ['awsRegion: {type: custom-endpoint, id: us-east-1, endpoint: "http://h:4567"}', ['bad-url@load']],
    ['awsCredentials: {type: default}', []],
    ['awsCredentials: {type: basic, accessKeyId: a, secretAccessKey: b}', []],
    ['awsCredentials: {type: basic, accessKeyId: a}', ['missing-field@load']],
    ['awsCredentials: {type: profile, profileName: p}', []],
    ['awsCredentials: {type: Basic}', ['bad-choice@load']],
    ['clientConfigProperties: [{SocketTimeout: 9999}]', []],
    ['clientConfigProperties: {a: b}', ['properties-not-a-list@load']],
    ['properties: [{a: b}]', ['unknown-field']],
  ];

  describe('ingress', () => {
    rows('io.statefun.kinesis.v1/ingress', { id: 'shop/in', streams: `[{stream: s, ${ROUTE}}]` }, [
      ...aws,
      ['-id', ['missing-field@load']],
      ['-streams', ['missing-field@load']],
      ['streams: []', ['no-routes@load']],
      [`streams: [{topic: s, ${ROUTE}}]`, ['unknown-field', 'missing-field@load']],
      ['awsRegion: {type: specific, id: frankfurt}', ['bad-region@start']],
      ['startupPosition: {type: group-offsets}', ['bad-choice@load']],
      ['startupPosition: {type: date, date: 2024-02-29 04:15:00.000 +0000}', []],
    ]);
  });

  describe('egress', () => {
    rows('io.statefun.kinesis.v1/egress', { id: 'shop/out' }, [
      ...aws,
      ['awsRegion: {type: specific, id: frankfurt}', []],
      ['awsRegion: {type: custom-endpoint, id: us-east-1, endpoint: "https://local_stack:4567"}', ['bad-url@start']],
      ['maxOutstandingRecords: "2500"', []],
      ['maxOutstandingRecords: 12.7', []],
      ['maxOutstandingRecords: 0', ['bad-number@load']],
      ['maxOutstandingRecords:', ['null-field', 'bad-number@load']],
    ]);
  });
});

describe('the playground kinds', () => {
  it('are named by their fixed ids and said to exist in the playground only', () => {
    const text = beside(
      component('io.statefun.playground.v1/ingress', 'port: "8090"'),
      component('io.statefun.playground.v1/egress', 'topics: [out]'),
    );
    expect(
      decodeModule(text)
        .components.slice(2)
        .map(({ node, definition }) => [node, definition?.type]),
    ).toEqual([
      ['ingress:io.statefun.playground/ingress', 'ingress'],
      ['egress:io.statefun.playground/egress', 'egress'],
    ]);
    expect(verdicts(text)).toEqual(['playground-kind', 'playground-kind']);
  });

  it.each([
    ['io.statefun.playground.v1/ingress', 'port: many', 'bad-number@load'],
    ['io.statefun.playground.v1/egress', 'port: 1', 'missing-field@start'],
    ['io.statefun.playground.v1/egress', 'topics: out', 'wrong-type@load'],
  ])('%s with %s: %s', (kind, line, verdict) => {
    expect(faults(beside(component(kind, line)))).toEqual([verdict]);
  });
});
