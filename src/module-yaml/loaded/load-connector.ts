/** Ingresses and egresses of Kafka and Kinesis as they are bound. */
import { asciiDigits, exactLongOf } from '../fields/lenient-number.ts';
import { textOf } from '../fields/spec-context.ts';
import { parseStartupDate } from '../startup-date.ts';
import { valueOf, type SourceNode } from '../source/source-node.ts';
import { normalTypename } from '../typename-text.ts';
import type { LoadedAws, LoadedEgress, LoadedIngress, LoadedPosition, LoadedRoute } from './loaded-component.ts';
import { durationAt, durationOfNanos, integerAt, propertiesAt, sortedProperties, textAt } from './spec-values.ts';

export function loadKafkaIngress(id: string, spec: SourceNode): LoadedIngress {
  const properties = propertiesAt(spec, 'properties');
  const address = textAt(spec, 'address');
  const group = textAt(spec, 'consumerGroupId');
  if (address !== null) {
    properties.set('bootstrap.servers', address);
  }
  if (group !== null) {
    properties.set('group.id', group);
  }
  properties.set('auto.offset.reset', (textAt(spec, 'autoOffsetResetPosition') ?? 'latest').toLowerCase());
  return {
    type: 'ingress',
    id,
    connector: 'kafka',
    properties: sortedProperties(properties),
    startupPosition: loadPosition(spec),
    routes: loadRoutes(spec, 'topics', 'topic'),
  };
}

export function loadKafkaEgress(id: string, spec: SourceNode): LoadedEgress {
  const semantic = valueOf(spec, 'deliverySemantic');
  const type = textAt(semantic, 'type') ?? 'at-least-once';
  const millis = valueOf(semantic, 'transactionTimeoutMillis');
  const timeout = millis === null ? durationAt(semantic, 'transactionTimeout') : durationOfNanos(exactLongOf(millis) * 1_000_000n);
  return {
    type: 'egress',
    id,
    connector: 'kafka',
    address: textAt(spec, 'address') ?? '',
    properties: sortedProperties(propertiesAt(spec, 'properties')),
    delivery: type === 'exactly-once' || type === 'none' ? type : 'at-least-once',
    transactionTimeout: type === 'exactly-once' ? timeout : null,
  };
}

export function loadKinesisIngress(id: string, spec: SourceNode): LoadedIngress {
  return {
    type: 'ingress',
    id,
    connector: 'kinesis',
    ...loadAws(spec),
    properties: sortedProperties(propertiesAt(spec, 'clientConfigProperties')),
    startupPosition: loadPosition(spec),
    routes: loadRoutes(spec, 'streams', 'stream'),
  };
}

export function loadKinesisEgress(id: string, spec: SourceNode): LoadedEgress {
  return {
    type: 'egress',
    id,
    connector: 'kinesis',
    ...loadAws(spec),
    properties: sortedProperties(propertiesAt(spec, 'clientConfigProperties')),
    maxOutstandingRecords: integerAt(spec, 'maxOutstandingRecords', 1000, 0),
  };
}

function loadPosition(spec: SourceNode): LoadedPosition {
  const position = valueOf(spec, 'startupPosition');
  const type = textAt(position, 'type') ?? 'latest';
  switch (type) {
    case 'date':
      return { type, at: parseStartupDate(textAt(position, 'date') ?? '') ?? 0 };
    case 'specific-offsets':
      return { type, offsets: loadOffsets(valueOf(position, 'offsets')) };
    case 'earliest':
    case 'group-offsets':
      return { type };
    default:
      return { type: 'latest' };
  }
}

function loadOffsets(list: SourceNode | null): Readonly<Record<string, string>> {
  const offsets = new Map<string, string>();
  for (const { value } of list?.type === 'list' ? list.items : []) {
    const first = value.type === 'map' ? value.pairs[0] : undefined;
    if (first !== undefined) {
      const split = first.key.lastIndexOf('/');
      const partition = `${first.key.slice(0, split)}/${Number(asciiDigits(first.key.slice(split + 1)))}`;
      offsets.set(partition, exactLongOf(valueOf(value, first.key) ?? first.value).toString());
    }
  }
  return sortedProperties(offsets);
}

/** Of two entries for one topic the last counts. */
function loadRoutes(spec: SourceNode, list: 'topics' | 'streams', name: 'topic' | 'stream'): readonly LoadedRoute[] {
  const routes = new Map<string, LoadedRoute>();
  const entries = valueOf(spec, list);
  for (const { value } of entries?.type === 'list' ? entries.items : []) {
    const topic = textAt(value, name) ?? '';
    routes.set(topic, { topic, valueType: textAt(value, 'valueType') ?? '', targets: loadTargets(valueOf(value, 'targets')) });
  }
  return [...routes.values()].toSorted((a, b) => (a.topic < b.topic ? -1 : 1));
}

/** A map gives its values; a text gives nothing. */
function loadTargets(targets: SourceNode | null): readonly string[] {
  const nodes =
    targets?.type === 'list'
      ? targets.items.map((item) => item.value)
      : targets?.type === 'map'
        ? targets.pairs.filter((pair) => !pair.shadowed).map((pair) => pair.value)
        : [];
  return nodes.map((node) => normalTypename(textOf(node)) ?? textOf(node));
}

function loadAws(spec: SourceNode): LoadedAws {
  const region = valueOf(spec, 'awsRegion');
  const credentials = valueOf(spec, 'awsCredentials');
  const regionType = textAt(region, 'type');
  const credentialType = textAt(credentials, 'type');
  const id = textAt(region, 'id') ?? '';
  return {
    awsRegion:
      regionType === 'specific'
        ? { type: regionType, id }
        : regionType === 'custom-endpoint'
          ? { type: regionType, endpoint: textAt(region, 'endpoint') ?? '', id }
          : { type: 'default' },
    awsCredentials:
      credentialType === 'basic'
        ? {
            type: credentialType,
            accessKeyId: textAt(credentials, 'accessKeyId') ?? '',
            secretAccessKey: textAt(credentials, 'secretAccessKey') ?? '',
          }
        : credentialType === 'profile'
          ? {
              type: credentialType,
              profileName: textAt(credentials, 'profileName') ?? '',
              profilePath: textAt(credentials, 'profilePath'),
            }
          : { type: 'default' },
  };
}
