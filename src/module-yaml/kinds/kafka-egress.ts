/** io.statefun.kafka.v1/egress: writes records that functions send to topics. */
import type { EgressDefinition } from '../../model/module.ts';
import { parseDuration, parseNanos } from '../duration.ts';
import { additionTo } from '../fields/line-fixes.ts';
import { readDuration } from '../fields/duration-field.ts';
import { warnOfAddress } from '../fields/kafka-address.ts';
import { warnOfProducerProperties } from '../fields/kafka-client-properties.ts';
import { readChoice, readObject, warnIgnored } from '../fields/object-fields.ts';
import { readProperties } from '../fields/property-fields.ts';
import { fail, keyRange, readId, readText, replaceWith, textOf, warn, type SpecContext } from '../fields/spec-context.ts';
import { longOf } from '../fields/lenient-number.ts';
import { pairOf, scalarText, valueOf, type PairNode } from '../source/source-node.ts';
import { ADDRESS_FIELD, ID_FIELD, PROPERTIES_FIELD } from './kafka-ingress.ts';
import type { KindModule } from './kind-description.ts';

/** transaction.max.timeout.ms where nobody set it. */
const BROKERS_DEFAULT = 900_000;

const SEMANTICS = ['at-least-once', 'exactly-once', 'none'] as const;

export const KAFKA_EGRESS: KindModule = {
  kind: 'io.statefun.kafka.v1/egress',
  legacyName: 'io.statefun.kafka/egress',
  fixedId: null,
  role: 'egress',
  label: 'Kafka egress',
  summary: 'Writes what functions send to Kafka topics.',
  fields: [
    ID_FIELD,
    {
      ...ADDRESS_FIELD,
      help: 'The Kafka brokers to begin with, separated by commas. Required even with bootstrap.servers in the properties, which it replaces.',
    },
    {
      path: ['deliverySemantic', 'type'],
      label: 'Delivery',
      hint: 'after a failure',
      help: 'at-least-once may write a record again after a failure. exactly-once writes in transactions that commit with the checkpoints.',
      control: 'select',
      options: [
        { value: 'at-least-once', label: 'at least once' },
        { value: 'exactly-once', label: 'exactly once' },
        { value: 'none', label: 'none' },
      ],
      defaultText: 'at-least-once',
      required: true,
    },
    {
      path: ['deliverySemantic', 'transactionTimeout'],
      label: 'Transaction timeout',
      hint: 'at most the broker’s',
      help: "Longer than a checkpoint and a restart take; not longer than the broker's transaction.max.timeout.ms, which is 15 minutes unless set.",
      control: 'duration',
      required: true,
      when: { path: ['deliverySemantic', 'type'], oneOf: ['exactly-once'] },
    },
    PROPERTIES_FIELD,
  ],
  newSpec: (name) => ({ id: name, address: 'localhost:9092', deliverySemantic: { type: 'at-least-once' } }),
  shape: {
    fields: {
      id: true,
      address: true,
      deliverySemantic: { fields: { type: true, transactionTimeout: true, transactionTimeoutMillis: true } },
      properties: true,
    },
  },
  decode(context) {
    const id = readId(context);
    const address = readText(context, context.spec, 'address', ['address'], {
      required: 'write the brokers, such as kafka:9092.',
      nullFails: true,
      joins: true,
    });
    if (address !== null) {
      warnOfAddress(context, scalarText(address), { at: address, field: ['address'] });
    }
    readProperties(context, 'properties');
    const delivery = readDelivery(context);
    warnOfProducerProperties(context, delivery.delivery);
    return id === null ? null : { type: 'egress', kind: context.kind, connector: 'kafka', id, ...delivery };
  },
};

function readDelivery(context: SpecContext): Pick<EgressDefinition, 'delivery' | 'transactionTimeout'> {
  const path = ['deliverySemantic'];
  const pair = readObject(context, context.spec, 'deliverySemantic', path, '“type: at-least-once”');
  const type = pair === null ? 'at-least-once' : readChoice(context, pair, 'type', [...path, 'type'], SEMANTICS, { required: true });
  if (pair === null || type !== 'exactly-once') {
    if (pair !== null && type !== null) {
      warnIgnored(context, pair, ['transactionTimeout', 'transactionTimeoutMillis'], path, `it counts with exactly-once only.`);
    }
    return { delivery: type ?? 'at-least-once', transactionTimeout: null };
  }
  return { delivery: type, transactionTimeout: readTimeout(context, pair) };
}

/** The old `transactionTimeoutMillis` wins, and the other is then not even read. */
function readTimeout(context: SpecContext, parent: PairNode): number | null {
  const path = ['deliverySemantic'];
  const millis = pairOf(parent.value, 'transactionTimeoutMillis');
  if (millis === null) {
    const read = readDuration(context, parent, 'transactionTimeout', [...path, 'transactionTimeout'], { moment: 'load', positive: true });
    if (read === undefined) {
      fail(context, 'missing-transaction-timeout', 'exactly-once needs deliverySemantic.transactionTimeout: write, for example, 15 min.', {
        at: keyRange(parent),
        field: [...path, 'transactionTimeout'],
        moment: 'load',
        ...additionTo(context.text, parent.value, 'Write transactionTimeout: 15 min', 'transactionTimeout: 15 min'),
      });
    }
    const nanos = parseNanos(textOf(valueOf(parent.value, 'transactionTimeout') ?? parent.value));
    if (nanos.ok && nanos.value / 1_000_000n >= 2n ** 63n) {
      fail(context, 'bad-duration', 'deliverySemantic.transactionTimeout is too large: write a shorter time.', {
        at: keyRange(parent),
        field: [...path, 'transactionTimeout'],
        moment: 'start',
      });
    }
    if (typeof read === 'number') {
      warnOfBrokers(context, parent, 'transactionTimeout', read);
    }
    return read ?? null;
  }
  warnIgnored(context, parent, ['transactionTimeout'], path, 'transactionTimeoutMillis wins. Keep one of the two.');
  const { value } = millis;
  const number = longOf(value);
  if (number <= 0) {
    const meant = parseDuration(textOf(value));
    const written = textOf(value);
    const asZero = number === 0 && !/^[-+]?0*$/.test(written) ? `${written} is read as 0: ` : '';
    const advice = meant.ok && meant.value >= 1 ? ` For ${written} write ${Math.round(meant.value)}.` : '';
    fail(
      context,
      'bad-number',
      `${asZero}deliverySemantic.transactionTimeoutMillis must be a number of milliseconds, more than 0.${advice}`,
      {
        at: value.from === value.to ? keyRange(millis) : value,
        field: [...path, 'transactionTimeoutMillis'],
        moment: number < 0 ? 'start' : 'load',
        ...(meant.ok && meant.value >= 1
          ? { fix: replaceWith(`Write ${Math.round(meant.value)}`, value, String(Math.round(meant.value))) }
          : {}),
      },
    );
    return null;
  }
  warnOfBrokers(context, parent, 'transactionTimeoutMillis', number);
  return number;
}

/** Brokers refuse transactions that are longer than theirs, and a short one ends before its checkpoint does. */
function warnOfBrokers(context: SpecContext, parent: PairNode, key: string, millis: number): void {
  const pair = pairOf(parent.value, key);
  if (pair === null) {
    return;
  }
  const place = { at: pair.value, field: ['deliverySemantic', key] };
  if (millis > BROKERS_DEFAULT) {
    const message = `Brokers refuse transactions of more than 15 min unless their transaction.max.timeout.ms is larger: set it there, or write 15 min.`;
    warn(context, 'long-transaction', message, place);
  } else if (millis < 1000 && key === 'transactionTimeoutMillis') {
    warn(
      context,
      'duration-unit',
      `${key} of ${millis} is less than a second, shorter than any checkpoint: write milliseconds, such as 900000.`,
      place,
    );
  }
}
