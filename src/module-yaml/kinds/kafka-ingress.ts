/** io.statefun.kafka.v1/ingress: reads topics and routes their records to functions. */
import { readProperties } from '../fields/property-fields.ts';
import { readRoutes } from '../fields/route-fields.ts';
import { asciiDigits } from '../fields/lenient-number.ts';
import { fail, keyRange, missing, readId, readText, textOf, type SpecContext } from '../fields/spec-context.ts';
import { KAFKA_POSITIONS, readStartupPosition } from '../fields/startup-fields.ts';
import { readChoice } from '../fields/object-fields.ts';
import { warnOfAddress } from '../fields/kafka-address.ts';
import { warnOfConsumerProperties } from '../fields/kafka-client-properties.ts';
import { pairOf, scalarText, type SourceNode } from '../source/source-node.ts';
import type { FieldDescription, KindModule } from './kind-description.ts';

export const ID_FIELD: FieldDescription = {
  path: ['id'],
  label: 'Id',
  hint: 'namespace/name',
  help: 'The name of this item in the module. An ingress and an egress may share one.',
  control: 'typename',
  required: true,
};

export const ADDRESS_FIELD: FieldDescription = {
  path: ['address'],
  label: 'Brokers',
  hint: 'host:port, …',
  help: 'The Kafka brokers to begin with, separated by commas. It wins over bootstrap.servers in the properties.',
  control: 'text',
  required: true,
};

export const PROPERTIES_FIELD: FieldDescription = {
  path: ['properties'],
  label: 'Client properties',
  hint: 'Kafka client',
  help: 'Passed on to the Kafka client. Later items win over earlier ones of the same name.',
  control: 'list-of-pairs',
  required: false,
};

export const KAFKA_INGRESS: KindModule = {
  kind: 'io.statefun.kafka.v1/ingress',
  legacyName: 'io.statefun.kafka/ingress',
  fixedId: null,
  role: 'ingress',
  label: 'Kafka ingress',
  summary: 'Reads Kafka topics and sends each record to functions.',
  fields: [
    ID_FIELD,
    ADDRESS_FIELD,
    {
      path: ['consumerGroupId'],
      label: 'Consumer group',
      hint: 'group.id',
      help: 'The group under which offsets are committed. Required, unless group.id stands in the properties.',
      control: 'text',
      required: true,
    },
    {
      path: ['startupPosition', 'type'],
      label: 'Start at',
      hint: 'without a savepoint',
      help: 'Where reading begins. Left out it is latest: records from before the start are not read.',
      control: 'select',
      options: [
        { value: 'latest', label: 'latest' },
        { value: 'earliest', label: 'earliest' },
        { value: 'group-offsets', label: 'group offsets' },
        { value: 'specific-offsets', label: 'specific offsets' },
        { value: 'date', label: 'date' },
      ],
      defaultText: 'latest',
      required: true,
    },
    {
      path: ['startupPosition', 'offsets'],
      label: 'Offsets',
      hint: 'topic/partition',
      help: 'One offset a partition.',
      control: 'list-of-offsets',
      required: true,
      when: { path: ['startupPosition', 'type'], oneOf: ['specific-offsets'] },
    },
    {
      path: ['startupPosition', 'date'],
      label: 'Date',
      hint: 'yyyy-MM-dd HH:mm:ss.SSS Z',
      help: 'Such as 2024-02-29 04:15:00.000 +0000. Not in the future, not before 1970.',
      control: 'date',
      required: true,
      when: { path: ['startupPosition', 'type'], oneOf: ['date'] },
    },
    {
      path: ['autoOffsetResetPosition'],
      label: 'If an offset is gone',
      hint: 'auto.offset.reset',
      help: 'Where to go on when the wanted offset no longer exists. Written over auto.offset.reset in the properties, even when left out.',
      control: 'select',
      options: [
        { value: 'latest', label: 'latest' },
        { value: 'earliest', label: 'earliest' },
      ],
      defaultText: 'latest',
      required: false,
    },
    {
      path: ['topics'],
      label: 'Topics',
      hint: 'at least one',
      help: 'Each topic is a router: its value type and the functions that get its records.',
      control: 'list-of-routes',
      required: true,
    },
    PROPERTIES_FIELD,
  ],
  newSpec: (name) => ({
    id: name,
    address: 'localhost:9092',
    consumerGroupId: name.slice(name.indexOf('/') + 1),
    startupPosition: { type: 'earliest' },
    topics: [],
  }),
  shape: {
    fields: {
      id: true,
      address: true,
      consumerGroupId: true,
      topics: { each: { fields: { topic: true, valueType: true, targets: true } } },
      autoOffsetResetPosition: true,
      startupPosition: { fields: { type: true, offsets: true, date: true } },
      properties: true,
    },
  },
  decode(context) {
    const id = readId(context);
    const properties = readProperties(context, 'properties');
    readAddress(context, properties.get('bootstrap.servers'));
    readText(context, context.spec, 'consumerGroupId', ['consumerGroupId'], { nullFails: true });
    if (pairOf(context.spec.value, 'consumerGroupId') === null && !properties.has('group.id')) {
      missing(context, context.spec, ['consumerGroupId'], 'write a name for the consumer group.');
    }
    readChoice(context, context.spec, 'autoOffsetResetPosition', ['autoOffsetResetPosition'], ['latest', 'earliest'], { foldCase: true });
    const routes = readRoutes(context, { list: 'topics', name: 'topic' });
    const startupPosition = readStartupPosition(
      context,
      KAFKA_POSITIONS,
      routes.map((route) => route.topic),
    );
    checkConsumer(context, properties);
    warnOfConsumerProperties(context);
    return id === null ? null : { type: 'ingress', kind: context.kind, connector: 'kafka', id, startupPosition, routes };
  },
};

function readAddress(context: SpecContext, fromProperties: SourceNode | undefined): void {
  const address = readText(context, context.spec, 'address', ['address'], { nullFails: true, joins: true });
  if (address !== null) {
    warnOfAddress(context, scalarText(address), { at: address, field: ['address'] });
  } else if (pairOf(context.spec.value, 'address') === null) {
    if (fromProperties === undefined) {
      missing(context, context.spec, ['address'], 'write the brokers, such as kafka:9092.');
    } else {
      const at = fromProperties.from === fromProperties.to ? keyRange(context.spec) : fromProperties;
      warnOfAddress(context, textOf(fromProperties), { at, field: ['properties'] });
    }
  }
}

/** What Flink's consumer reads of the properties when the job starts. */
function checkConsumer(context: SpecContext, properties: ReadonlyMap<string, SourceNode>): void {
  const checks = [
    ['flink.partition-discovery.interval-millis', 'must be a whole number of milliseconds, and not negative.', 0n],
    ['flink.poll-timeout', 'must be a whole number of milliseconds.', -(2n ** 63n)],
  ] as const;
  for (const [name, rule, least] of checks) {
    const node = properties.get(name);
    const text = node === undefined ? '0' : asciiDigits(textOf(node));
    const number = /^[-+]?[0-9]+$/.test(text) ? BigInt(text.replace('+', '')) : null;
    if (node !== undefined && (number === null || number < least || number >= 2n ** 63n)) {
      fail(context, 'bad-number', `${name} ${rule}`, { at: node, field: ['properties'], moment: 'start' });
    }
  }
}
