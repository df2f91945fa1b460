/** Facts about module.yaml that decide how a run goes: what the loader takes, and with which values it runs. */
import { expect, test } from 'vitest';
import type { EndpointDefinition, IngressDefinition } from '../../src/model/module.ts';
import { decodeModule } from '../../src/module-yaml/decode.ts';
import { moduleVerdict } from '../../src/module-yaml/verdict.ts';

const endpoint = (more = '', functions = 't/*') => `kind: io.statefun.endpoints.v2/http
spec:
  functions: ${functions}
  urlPathTemplate: http://h:80/{function.name}
${more}`;

const ingress = (more = '', id = 't/in') => `kind: io.statefun.kafka.v1/ingress
spec:
  id: ${id}
  address: kafka:9092
  consumerGroupId: g
  topics:
    - topic: in
      valueType: plainstring
      targets: [t/f]
${more}`;

const egress = (more = '') => `kind: io.statefun.kafka.v1/egress
spec:
  id: t/out
  address: kafka:9092
${more}`;

const moduleOf = (...components: readonly string[]) => components.join('\n---\n');
/** Whether the job starts at all. */
const starts = (...components: readonly string[]) => moduleVerdict(moduleOf(...components)).start === 'ok';
const verdict = (...components: readonly string[]) => {
  const { load, start, call } = moduleVerdict(moduleOf(...components));
  return [load, start, call];
};
const without = (text: string, field: string) => text.replace(new RegExp(`^  ${field}:.*\n`, 'm'), '');

function definitionsOf(...components: readonly string[]) {
  return decodeModule(moduleOf(...components)).components.map(({ definition }) => definition);
}

function endpointOf(more: string): EndpointDefinition {
  const definition = definitionsOf(endpoint(more), ingress())[0];
  if (definition?.type !== 'endpoint') {
    throw new Error('no endpoint');
  }
  return definition;
}

const OK = ['accept', 'ok', 'ok'];
const REJECTED = ['reject', null, null];

test('S6: an endpoint without a transport, or with one without a type, uses async', () => {
  expect(endpointOf('').transport).toBe('async');
  expect(endpointOf('  transport:\n    timeouts:\n      call: 3s\n').transport).toBe('async');
  expect(endpointOf('  transport:\n    type: io.statefun.transports.v1/okhttp\n').transport).toBe('okhttp');
});

test('S27, S63: batches are limited to 1000, and the budgets are 2 min or 1 min with async, 1 min with okhttp', () => {
  expect(endpointOf('').maxNumBatchRequests).toBe(1000);
  expect(endpointOf('').timeouts).toMatchObject({ call: 120_000, connect: 20_000 });
  expect(endpointOf('  transport:\n    timeouts:\n      connect: 5s\n').timeouts).toMatchObject({ call: 60_000, connect: 5000 });
  expect(endpointOf('  transport:\n    timeouts:\n      call: 5s\n').timeouts).toMatchObject({ call: 5000, connect: 10_000 });
  expect(endpointOf('  transport:\n    type: io.statefun.transports.v1/okhttp\n').timeouts).toEqual({
    call: 60_000,
    connect: 10_000,
    read: 10_000,
    write: 10_000,
  });
});

test('S64: okhttp with call: 3s alone starts, and fails at the first message', () => {
  const transport = '  transport:\n    type: io.statefun.transports.v1/okhttp\n    timeouts:\n      call: 3s\n';
  expect(verdict(endpoint(transport), ingress())).toEqual(['accept', 'ok', 'fail']);
});

test('S80: exactly-once without a time-out does not parse, and with more than 15 minutes fails at start', () => {
  const semantic = (more: string) => verdict(endpoint(), ingress(), egress(`  deliverySemantic:\n    type: exactly-once\n${more}`));
  expect(semantic('')).toEqual(REJECTED);
  expect(semantic('    transactionTimeout: 15min\n')).toEqual(OK);
});

test('S84: a value type need not have a slash', () => {
  const definition = definitionsOf(endpoint(), ingress())[1] as IngressDefinition | null;
  expect(definition?.routes).toEqual([{ topic: 'in', valueType: 'plainstring', targets: ['t/f'] }]);
});

test('S87: address, group, id, value type, targets and a topic are required; the position is latest unless named', () => {
  expect(verdict(endpoint(), ingress())).toEqual(OK);
  for (const field of ['address', 'consumerGroupId', 'id']) {
    expect([field, verdict(endpoint(), without(ingress(), field))]).toEqual([field, REJECTED]);
  }
  for (const line of ['      valueType: plainstring\n', '      targets: [t/f]\n']) {
    expect([line, verdict(endpoint(), ingress().replace(line, ''))]).toEqual([line, REJECTED]);
  }
  expect(verdict(endpoint(), ingress().replace(/ {2}topics:[^]*$/, '  topics: []\n'))).toEqual(REJECTED);
  expect((definitionsOf(endpoint(), ingress())[1] as IngressDefinition | null)?.startupPosition).toEqual({ type: 'latest' });
});

test('S88: unknown positions and semantics are refused', () => {
  expect(verdict(endpoint(), ingress('  startupPosition:\n    type: newest\n'))).toEqual(REJECTED);
  expect(verdict(endpoint(), ingress(), egress('  deliverySemantic:\n    type: sometimes\n'))).toEqual(REJECTED);
});

test('S91, S95: functions are named ns/name or ns/*, and nothing else', () => {
  for (const functions of ['t/f', 't/*']) {
    expect(verdict(endpoint('', functions), ingress())).toEqual(OK);
  }
  for (const functions of ['t/ab*', '"*/*"', '"*"', 't', 't/a/b']) {
    expect([functions, verdict(endpoint('', functions), ingress())]).toEqual([functions, REJECTED]);
  }
});

test('S92: one pattern twice, two ingresses or two egresses with one id fail at start', () => {
  expect(starts(endpoint(), endpoint(), ingress())).toBe(false);
  expect(starts(endpoint(), ingress(), ingress())).toBe(false);
  expect(starts(endpoint(), ingress(), egress(), egress())).toBe(false);
  expect(starts(endpoint(), endpoint('', 't/f'), ingress(), ingress('', 't/other'), egress())).toBe(true);
});

test('S93: a brace that stays in the URL passes start and fails at the first message', () => {
  expect(verdict(endpoint().replace('{function.name}', '{function.namespace}'), ingress())).toEqual(['accept', 'ok', 'fail']);
});

test('S94: unknown fields are ignored, unknown kinds refused, and no endpoint or no ingress fails', () => {
  expect(verdict(endpoint('  someField: 1\n'), ingress())).toEqual(OK);
  expect(verdict(endpoint(), ingress(), 'kind: io.statefun.foo/bar\nspec: {}\n')).toEqual(REJECTED);
  expect(starts(ingress())).toBe(false);
  expect(starts(endpoint())).toBe(false);
});
