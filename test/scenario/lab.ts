/** A project for tests of scenarios: one function that does as its message says. */
import { filePath } from '../../src/base/ids.ts';
import type { FilePath } from '../../src/base/ids.ts';

const MODULE = `kind: io.statefun.endpoints.v2/http
spec:
  functions: lab/*
  urlPathTemplate: http://functions:8000/statefun
  transport: { type: io.statefun.transports.v1/async, call: 30 s }
---
kind: io.statefun.kafka.v1/ingress
spec:
  id: lab/in
  address: kafka:9092
  consumerGroupId: lab
  startupPosition: { type: earliest }
  topics:
    - { topic: orders, valueType: lab/order, targets: [lab/worker] }
---
kind: io.statefun.kafka.v1/egress
spec:
  id: lab/out
  address: kafka:9092
  deliverySemantic: { type: at-least-once }
---
kind: io.statefun.kafka.v1/egress
spec:
  id: lab/money
  address: kafka:9092
  deliverySemantic: { type: exactly-once, transactionTimeout: 15min }
`;

/** An order: `{ set?, raw?, out?, money?, later?, again?, fail? }`. */
export const WORKER = `import { StateFun, kafkaEgressMessage, messageBuilder } from 'apache-flink-statefun';
import type { Context, FunctionOpts, Message } from 'apache-flink-statefun';

const Order = StateFun.jsonType<any>('lab/order');
const Json = StateFun.jsonType<any>('lab/json');

export const Worker: FunctionOpts = {
  typename: 'lab/worker',
  specs: [
    { name: 'number', type: StateFun.intType() },
    { name: 'word', type: StateFun.stringType() },
    { name: 'thing', type: Json },
    { name: 'short', type: StateFun.intType(), expireAfterWrite: 60_000 },
  ],
  fn(context: Context, message: Message) {
    const order = message.as(Order);
    for (const [name, value] of Object.entries(order.set ?? {})) {
      (context.storage as any)[name] = value;
    }
    if (order.fail) {
      throw new Error(order.fail);
    }
    for (const [egress, topic] of [['lab/out', 'out'], ['lab/money', 'money']] as const) {
      if (order[topic] !== undefined) {
        const value = { typename: egress, topic: order.topic ?? topic, key: order.key ?? context.self.id, value: order[topic], valueType: Json };
        context.send(kafkaEgressMessage(value));
      }
    }
    if (order.later) {
      const { after, token, order: inner } = order.later;
      context.sendAfter(after, messageBuilder({ typename: 'lab/worker', id: context.self.id, value: inner, valueType: Order }), token);
    }
    if (order.again) {
      context.send(messageBuilder({ typename: 'lab/worker', id: context.self.id, value: order, valueType: Order }));
    }
  },
};
`;

export const LAB: ReadonlyMap<FilePath, string> = new Map(
  Object.entries({
    'module.yaml': MODULE,
    'studio.json': JSON.stringify({ version: 1, settings: { seed: 'lab', checkpointIntervalMillis: 10_000 } }),
    'functions/worker.ts': WORKER,
    'scenarios/worker-v2.ts': WORKER.replace('order.fail)', "order.fail && order.fail !== 'poison')"),
  }).map(([path, text]) => [filePath(path), text]),
);

/** A step that sends an order to one worker. */
export function order(id: string, what: string): string {
  return `{ send: { topic: orders, key: ${id}, json: ${what} } }`;
}
