/** What the loader takes, and what fails or hurts once the job runs: warnings that leave the verdict alone. */
import { describe, expect, it } from 'vitest';
import { moduleVerdict } from '../../src/module-yaml/verdict.ts';
import { beside, component, ENDPOINT } from '../support/module-text.ts';

/** Code, severity, line and message of each problem, of a file that loads, starts and can be called. */
function told(text: string) {
  const { load, start, call, problems } = moduleVerdict(text);
  expect([load, start, call]).toEqual(['accept', 'ok', 'ok']);
  return problems.map(({ code, severity, line, message }) => ({ code, severity, at: text.split('\n')[line - 1]?.trim(), message }));
}

const egress = (...lines: readonly string[]) => beside(component('io.statefun.kafka.v1/egress', 'id: a/b', ...lines));
const exactlyOnce = (property: string) =>
  egress(
    'address: k:1',
    'deliverySemantic: {type: exactly-once, transactionTimeout: 1 min}',
    'properties:',
    '  - linger.ms: 5',
    `  - ${property}`,
  );
const ingress = (...lines: readonly string[]) =>
  [
    ENDPOINT,
    component('io.statefun.kafka.v1/ingress', 'id: a/in', 'topics: [{topic: t, valueType: a/t, targets: [shop/f]}]', ...lines),
  ].join('---\n');

describe('an address', () => {
  it.each([
    ['kafka', "kafka has no port, or none that is one, and Kafka's client refuses it when the job starts running: write kafka:9092."],
    ['""', "No broker is named, and Kafka's client refuses it when the job starts running: write host:port, such as kafka:9092"],
    ['a:1,b:99999', "b:99999 has no port, or none that is one, and Kafka's client refuses it when the job starts running: write b:9092."],
    ['"a:1,,b:2"', 'A broker is empty'],
    ['${KAFKA}', 'StateFun 3.3.0 replaces no variables in module.yaml, so ${KAFKA} stays as it is'],
    ['"${KAFKA}:9092"', 'write the brokers themselves, such as kafka:9092.'],
  ])('%s is told of with what comes of it', (address, message) => {
    const line = `address: ${address}`;
    for (const text of [egress(line), ingress(line, 'consumerGroupId: g')]) {
      expect(told(text)).toEqual([
        { code: 'address-without-port', severity: 'warning', at: line, message: expect.stringContaining(message) },
      ]);
    }
  });

  it('of the properties is looked at where it counts', () => {
    expect(told(ingress('consumerGroupId: g', 'properties: [{bootstrap.servers: kafka}]'))).toMatchObject([
      { code: 'address-without-port' },
    ]);
    expect(told(ingress('consumerGroupId: g', 'properties: [{bootstrap.servers: "kafka:1"}]'))).toEqual([]);
  });
});

describe('a property of a Kafka egress', () => {
  it.each(['enable.idempotence: false', 'enable.idempotence: off', 'acks: 1', 'acks: "0"', 'retries: 0'])(
    '%s is refused with the transactions of exactly-once, and with nothing else',
    (property) => {
      const [problem, ...others] = told(exactlyOnce(property)).filter(({ code }) => code !== 'yaml-typing');
      expect([problem?.code, problem?.severity, problem?.at, others]).toEqual(['bad-property', 'warning', `- ${property}`, []]);
      expect(problem?.message).toContain("Kafka's producer refuses");
      const once = told(egress('address: k:1', `properties: [{${property}}]`)).filter(({ code }) => code !== 'yaml-typing');
      expect(once).toEqual([]);
    },
  );

  it.each(['enable.idempotence: true', 'acks: all', 'acks: -1', 'retries: 3'])('%s is fine', (property) => {
    expect(told(exactlyOnce(property))).toEqual([]);
  });

  it('is looked at where it counts: the last item of a name', () => {
    const text = egress(
      'address: k:1',
      'deliverySemantic: {type: exactly-once, transactionTimeout: 1 min}',
      'properties: [{acks: 1}, {acks: all}]',
    );
    expect(told(text)).toEqual([]);
  });

  it.each(['bootstrap.servers: other:9092', 'transactional.id: mine', 'transaction.timeout.ms: 1000'])('%s is written over', (property) => {
    expect(told(exactlyOnce(property))).toMatchObject([{ code: 'ignored-field', severity: 'warning', at: `- ${property}` }]);
  });
});

describe('a property of a Kafka ingress', () => {
  it.each(['bootstrap.servers: other:9092', 'group.id: other', 'auto.offset.reset: earliest', 'enable.auto.commit: true'])(
    '%s is written over',
    (property) => {
      const text = ingress('address: k:1', 'consumerGroupId: g', 'properties:', `  - ${property}`);
      expect(told(text)).toMatchObject([{ code: 'ignored-field', severity: 'warning', at: `- ${property}` }]);
    },
  );

  it('counts where no field is written over it', () => {
    expect(told(ingress('address: k:1', 'properties: [{group.id: g}]'))).toEqual([]);
  });
});

describe('the times of the async transport', () => {
  const endpoint = (transport: string) =>
    beside(component('io.statefun.endpoints.v2/http', 'functions: a/*', 'urlPathTemplate: http://h/', `transport: ${transport}`));

  it.each(['{call: 5 s, connect: 10 s}', '{timeouts: {call: 5 s, connect: 10 s}}'])('%s: the call ends first', (transport) => {
    expect(told(endpoint(transport))).toMatchObject([
      {
        code: 'timeout-order',
        severity: 'warning',
        message: expect.stringContaining('connect (10 s) is longer than call (5 s), which ends first: write connect: 5 s or less'),
      },
    ]);
  });

  it('say nothing of a connect that is left out, or as long as the call', () => {
    expect(told(endpoint('{call: 5 s}'))).toEqual([]);
    expect(told(endpoint('{call: 5 s, connect: 5 s}'))).toEqual([]);
  });

  it('of 0 leave a call none', () => {
    expect(told(endpoint('{call: 0 s, connect: 5 s}'))).toMatchObject([{ code: 'bad-duration', severity: 'warning' }]);
  });
});

describe('a route', () => {
  const route = (text: string) =>
    told(
      `${ENDPOINT}---\n${component('io.statefun.kafka.v1/ingress', 'id: a/in', 'address: k:1', 'consumerGroupId: g', `topics: [${text}]`)}`,
    );

  it('S85: that names a function twice sends it each record twice', () => {
    expect(route('{topic: t, valueType: a/t, targets: [shop/f, shop/g, shop/f/]}')).toMatchObject([
      { code: 'duplicate-target', severity: 'warning' },
    ]);
    expect(route('{topic: t, valueType: a/t, targets: [shop/f]}, {topic: u, valueType: a/t, targets: [shop/f]}')).toEqual([]);
  });

  it('S84: may have a value type without a namespace', () => {
    expect(route('{topic: t, valueType: order, targets: [shop/f]}')).toMatchObject([
      { code: 'bare-value-type', severity: 'info', message: expect.stringContaining('my-app.types/order') },
    ]);
  });
});
